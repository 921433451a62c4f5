import { spawn } from "node:child_process";

import { expect } from "chai";

import { allowances } from "./judge";
import { schedule, type ScheduleOptions } from "./schedule";
import { SubjectRun, type Candidate } from "./subject-run";
import { helloOf, requirementNamed, silentAdapter, testOf } from "./testing";

const tests = Array.from({ length: 20 }, (_, index) => testOf(requirementNamed(`r${index}`)));
const selection = { requirements: tests.map((test) => test.requirement), tests, partial: false };

const runOf = (name: string, start: Candidate["start"]) =>
  new SubjectRun({ name, start }, selection);

const judgeAll = (runs: readonly SubjectRun[], more: Partial<ScheduleOptions> = {}) =>
  schedule(runs, {
    jobs: 2,
    allowed: allowances(),
    failFast: false,
    interrupted: new AbortController().signal,
    onJudged: () => undefined,
    onDone: () => undefined,
    ...more,
  });

describe("the schedule", () => {
  it("judges every test of every subject once and stops every adapter", async () => {
    const adapters: ReturnType<typeof silentAdapter>[] = [];
    const start = () => {
      const adapter = silentAdapter();
      adapters.push(adapter);
      return Promise.resolve(adapter);
    };
    const judged: string[] = [];
    const done: string[] = [];
    const runs = ["a", "b", "c"].map((name) => runOf(name, start));

    await judgeAll(runs, {
      onJudged: ({ candidate }, { title }) => judged.push(`${candidate.name} ${title}`),
      onDone: ({ candidate }) => done.push(candidate.name),
    });

    expect(judged.length).to.equal(60);
    expect(new Set(judged).size).to.equal(60);
    expect(done.sort()).to.deep.equal(["a", "b", "c"]);
    expect(adapters.every(({ stops }) => stops === 1)).to.equal(true);
  });

  it("shares one subject among all lanes", async () => {
    let adapters = 0;
    const run = runOf("alone", () => {
      adapters += 1;
      return Promise.resolve(silentAdapter());
    });

    await judgeAll([run], { jobs: 3 });

    expect(adapters).to.equal(3);
    expect(run.judgements.size).to.equal(20);
  });

  it("begins the next subject while the session of the first one sleeps", async function () {
    if (process.platform !== "linux") this.skip();
    const sleeper = spawn("cat");
    const pid = sleeper.pid ?? 0;
    let wake: () => void = () => undefined;
    const waiting = testOf(requirementNamed("waits"), "waits for the other", () => {
      return new Promise((resolve) => (wake = resolve));
    });
    const first = new SubjectRun(
      { name: "first", mayHang: true, start: () => Promise.resolve(silentAdapter(helloOf(), pid)) },
      { ...selection, tests: [waiting] },
    );
    const other = runOf("other", () => Promise.resolve(silentAdapter()));

    await judgeAll([first, other], {
      jobs: 1,
      onDone: ({ candidate }) => {
        if (candidate.name === "other") wake();
      },
    });
    sleeper.kill("SIGKILL");

    expect(first.judgements.get(waiting)?.verdict.outcome).to.equal("pass");
    expect(other.judgements.size).to.equal(20);
  });

  it("begins with a subject that may hang", async () => {
    const started: string[] = [];
    const starting = (name: string, mayHang: boolean) =>
      new SubjectRun(
        {
          ...{ name, mayHang },
          start: () => {
            started.push(name);
            return Promise.resolve(silentAdapter());
          },
        },
        selection,
      );

    await judgeAll([starting("a", false), starting("b", true)], { jobs: 1 });

    expect(started).to.deep.equal(["b", "a"]);
  });

  it("goes on with the others when one does not start", async () => {
    const broken = runOf("broken", () => Promise.reject(new Error("no such thing")));
    const good = runOf("good", () => Promise.resolve(silentAdapter()));

    await judgeAll([broken, good], { jobs: 1 });

    expect(broken.failure?.message).to.equal("no such thing");
    expect(good.judgements.size).to.equal(20);
  });

  it("stops at the first failure when told to", async () => {
    const failing = testOf(requirementNamed("bad"), "fails", () => {
      expect(1).to.equal(2);
      return Promise.resolve();
    });
    const run = new SubjectRun(
      { name: "a", start: () => Promise.resolve(silentAdapter()) },
      { ...selection, tests: [failing, ...tests] },
    );

    await judgeAll([run], { jobs: 1, failFast: true });

    expect([...run.judgements.keys()]).to.deep.equal([failing]);
  });

  it("keeps nothing that comes after an interruption", async () => {
    const controller = new AbortController();
    const run = runOf("a", () => Promise.resolve(silentAdapter()));

    await judgeAll([run], {
      jobs: 1,
      interrupted: controller.signal,
      onJudged: () => {
        controller.abort();
      },
    });

    expect(run.judgements.size).to.equal(1);
  });

  it("judges by the last edition a subject claims, unless told otherwise", async () => {
    const start = () => Promise.resolve(silentAdapter(helloOf(["3.8", "3.9"])));
    const [own, told] = [
      runOf("own", start),
      new SubjectRun({ name: "told", edition: "3.8", start }, selection),
    ];

    await judgeAll([own, told]);

    expect([own.plan?.edition, told.plan?.edition]).to.deep.equal(["3.9", "3.8"]);
  });
});
