// Pyodide: Runner.run() always refuses, because a loop counts as running from the start to the end.
import { loadPyodide } from "pyodide";

const pyodide = await loadPyodide();
const seen = pyodide.runPython(`
import asyncio

async def main():
    return 42

coroutine = main()
try:
    seen = str(asyncio.Runner().run(coroutine))
except RuntimeError as error:
    coroutine.close()
    seen = repr(error)
seen
`);
console.log("expected: 42");
console.log(`seen:     ${seen}`);
process.exit(seen === "42" ? 0 : 1);
