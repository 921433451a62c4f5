import { discoverInterpreters } from "../adapters/python/discover";
import { parseSubject } from "./subjects/parse";
import { loadSuite } from "../judge/load-suite";
import { terminateAll } from "../session/living";
import { replays } from "../repro/coverage";

/** Says how much of the suite `repro` can write: every passing test, done again by its script. */
async function main(): Promise<void> {
  const [, , named] = process.argv;
  const newest = (await discoverInterpreters()).at(-1)?.name ?? "python3";
  const subject = named ?? `python:${newest}`;
  const found = await replays(loadSuite(), parseSubject(subject, process.cwd()), (replay) => {
    if (replay.missing.length > 0) say(`incomplete: ${replay.title}: ${replay.missing.join(", ")}`);
    else if (!replay.same) say(`differs: ${replay.title}: ${replay.said}`);
  });
  const complete = found.filter(({ missing }) => missing.length === 0);
  say(
    `${subject}: of ${found.length} tests that pass, ${complete.length} translate completely, ` +
      `and the scripts of ${found.filter(({ same }) => same).length} see the same events again`,
  );
  await terminateAll();
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

void main();
