import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Page } from "playwright-core";

import { requirements } from "../spec/catalogue";
import type { Judgement } from "../harness/judge/judge";
import { loadSuite } from "../harness/judge/load-suite";
import { planFor } from "../harness/judge/plan";
import { statementOf } from "../harness/judge/statement";
import type { ConformanceTest } from "../harness/judge/suite";
import { helloOf, judgementOf } from "../harness/judge/testing";
import { installedBrowser, openPage } from "../harness/report/html/browser";
import { htmlReport } from "../harness/report/html/html";
import type { SubjectReport } from "../harness/report/model";
import { madeUpProvenance, madeUpReport } from "../harness/report/testing";
import type { TranscriptEntry } from "../harness/session/session";
import { inMilliseconds, median, print } from "./suite/measure";

/**
 * A report of 50 subjects by every test of the catalogue: bars are 2 s to render, 5 MB of file, 100 ms from a key in
 * the filter to the next frame. One test in ten fails, with a transcript of 40 messages; on the last subject, all do.
 */
const subjects = 50;
const rounds = 5;
const failing = 0.1;

async function main(): Promise<void> {
  const report = madeUpReport(...Array.from({ length: subjects }, (_, index) => subject(index)));
  const times: number[] = [];
  let html = "";
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    html = htmlReport(report);
    times.push(performance.now() - begin);
  }
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  print(
    `rendered in ${inMilliseconds(median(times))}, first time ${inMilliseconds(times[0] ?? 0)} (bar 2000 ms)`,
  );
  print(`file of ${(statSync(file).size / 1e6).toFixed(2)} MB (bar 5 MB)`);
  await measureFilter(pathToFileURL(file).href);
  rmSync(folder, { recursive: true });
}

const suite = loadSuite();

function subject(index: number): SubjectReport {
  const plan = planFor({ requirements, tests: suite, partial: false }, "3.13");
  const share = index === subjects - 1 ? 1 : failing;
  const judgements = new Map(
    plan.tests.map((test, place) => [test, judgement(test, place, index, share)]),
  );
  return {
    name: `python:python3.13?run=implementation_${index}:run`,
    hello: helloOf(),
    edition: "3.13",
    statement: statementOf(plan, judgements, ""),
    error: undefined,
    durationMs: 20_000,
    provenance: madeUpProvenance(),
  };
}

/** Spread over tests and subjects, the same in each run. */
function judgement(test: ConformanceTest, place: number, index: number, share: number): Judgement {
  const dice = ((place * 7919 + index * 104_729) % 1000) / 1000;
  if (dice >= share) return judgementOf("pass");
  return {
    ...judgementOf("fail", `expected ${test.requirement.family} to be as asked for, got ${place}`),
    transcript: conversation(place, index),
  };
}

function conversation(place: number, index: number): readonly TranscriptEntry[] {
  const calls = Array.from({ length: 19 }, (_, call): TranscriptEntry["message"][] => [
    { type: "call", op: "loop.call_soon", on: { ref: call, kind: "loop" }, args: [place] },
    { type: "returned", value: call === 15 ? index : call },
  ]);
  const opened = { type: "opened", pid: 1000 * index + place } as const;
  return [opened, ...calls.flat()].map((message, at) => ({ at, from: "adapter", message }));
}

async function measureFilter(address: string): Promise<void> {
  const browser = await installedBrowser();
  if (browser === undefined) {
    print("no browser to measure the filter in");
    return;
  }
  const begin = performance.now();
  const { page } = await openPage(browser, address);
  await page.evaluate("document.getElementById('matrix').scrollIntoView()");
  print(`opened in ${inMilliseconds(performance.now() - begin)}`);
  const words = ["i", "int", "interrupt", "", "fail", "fail stated", "no such thing", ""];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const word of words) times.push(await reaction(page, word));
  }
  print(
    `filter reacts in ${inMilliseconds(median(times))}, at worst ${inMilliseconds(Math.max(...times))} (bar 100 ms)`,
  );
  await browser.close();
}

/** From the input to the end of the frame that shows what it did. */
const reaction = (page: Page, text: string): Promise<number> =>
  page.evaluate(`new Promise((resolve) => {
    const box = document.getElementById("filter");
    requestAnimationFrame(() => setTimeout(() => {
      const begin = performance.now();
      box.value = ${JSON.stringify(text)};
      box.dispatchEvent(new Event("input"));
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
    }));
  })`);

void main();
