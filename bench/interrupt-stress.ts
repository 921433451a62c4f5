// interrupt-stress.ts [REPETITIONS]: what interrupt.ts costs, and whether it still works on the hundredth attempt. Every
// way of being stubborn is stopped so often in a process of its own, then storms of SIGINTs fall on many runs.
import { Package, type Program } from "../reference/native/fixtures/program";
import { runTurn, runUserCode, watchInterrupts } from "../reference/interrupt";

const repetitions = Number(process.argv[2] ?? "10");
const print = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Microseconds between two SIGINTs. */
const storms = [
  [200, 3000],
  [20, 500],
  [1, 30],
] as const;

async function main(): Promise<void> {
  printCosts();
  const programs = new Package();
  try {
    let failures = 0;
    for (const way of await waysOf(programs)) failures += await stopRepeatedly(programs, way);
    for (const [from, to] of storms) failures += await storm(programs, from, to);
    print(failures === 0 ? "no failures" : `${failures} failures`);
    process.exitCode = failures === 0 ? 0 : 1;
  } finally {
    programs.remove();
  }
}

function printCosts(): void {
  const nothing = (): void => undefined;
  const steps = (count: number): void => {
    for (let i = 0; i < count; i++) runUserCode(nothing);
  };
  const turns = (count: number): void => {
    for (let i = 0; i < count; i++) runTurn(nothing);
  };
  const cost = (what: string, count: number, run: (count: number) => void): void => {
    const times = Array.from({ length: 9 }, () => {
      const start = process.hrtime.bigint();
      run(count);
      return Number(process.hrtime.bigint() - start) / count;
    });
    print(
      `${what.padEnd(24)} ${Math.min(...times)
        .toFixed(1)
        .padStart(8)} ns`,
    );
  };
  cost("step, not watched", 1e6, steps);
  cost("turn, not watched", 1e6, turns);
  const release = watchInterrupts(nothing);
  cost("step, watched", 1e6, (count) => {
    runTurn(() => {
      steps(count);
    });
  });
  cost("turn, watched", 1e5, turns);
  release?.();
  cost("watch and give back", 1e4, (count) => {
    for (let i = 0; i < count; i++) watchInterrupts(nothing)?.();
  });
}

async function waysOf(programs: Package): Promise<string[]> {
  const program = programs.start("stubborn", ["--ways"]);
  await program.ended;
  return program.said;
}

async function stopRepeatedly(programs: Package, way: string): Promise<number> {
  const latencies: number[] = [];
  const failures: string[] = [];
  for (let i = 0; i < repetitions; i++) {
    const program = programs.start("stubborn", [way]);
    try {
      latencies.push(await stop(program));
    } catch (error) {
      failures.push(String(error));
    }
  }
  latencies.sort((a, b) => a - b);
  const median = latencies[latencies.length >> 1]?.toFixed(1) ?? "-";
  const stopped = `${latencies.length}/${repetitions}`.padStart(8);
  print(
    `${way.padEnd(28)} ${stopped}  ${median} ms, at most ${latencies.at(-1)?.toFixed(1) ?? "-"} ms`,
  );
  for (const failure of failures.slice(0, 2)) print(`    ${failure}`);
  return failures.length;
}

/** Milliseconds from the second SIGINT to the end of the run. */
async function stop(program: Program): Promise<number> {
  await program.says("ready");
  await program.interrupt();
  await program.interrupt();
  const pressed = performance.now();
  await program.says("run raised Interrupted");
  const latency = performance.now() - pressed;
  const end = await program.ended;
  const survived = ["intervals work", "next run: 42", "own listeners work", "console.log works"];
  const lost = survived.filter((line) => !program.said.includes(line));
  if (end !== "SIGINT" || lost.length > 0) throw new Error(`${end}, missing: ${lost.join(", ")}`);
  return latency;
}

async function storm(programs: Package, from: number, to: number): Promise<number> {
  const program = programs.start("storm", [String(repetitions), String(from), String(to)]);
  const end = await program.ended;
  const good = end === "exit 0" && program.said.includes("code that must not be killed: unharmed");
  print(`storm ${from}-${to} us: ${end}; ${program.said.slice(-4).join("; ")}`);
  return good ? 0 : 1;
}

void main();
