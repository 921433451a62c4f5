/* eslint-disable no-console */
import { readFile } from "node:fs/promises";
import { gather, getRunningLoop, run, type Coroutine } from "../reference";

function* main(): Coroutine<void> {
  const texts = yield* gather(["LICENSE", "package.json"].map((name) => readFile(name, "utf8")));
  const countWords = (text: string): number => text.split(/\s+/).length;
  const words = yield* getRunningLoop().runInExecutor(null, countWords, texts.join(" "));
  console.log(`${words} words, counted in another thread`);
}
void run(main());
