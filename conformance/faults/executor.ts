import { ThreadPoolExecutor } from "../../reference/executor/executor";
import { DefaultExecutor } from "../../reference/loop/default-executor";
import { Runner } from "../../reference/runner";
import * as shutdown from "../../reference/shutdown";
import { executor } from "../../spec/families/executor";
import type { Fault } from "./fault";
import { afterRun, watchEnds } from "./inside";
import { patch } from "./patch";

/** Wrong about the default executor. */
export const executorFaults: readonly Fault[] = [
  {
    name: "abandons-jobs",
    does: "does not wait for the jobs in the default executor",
    breaks: executor["waits-for-jobs"],
    says: /the run ended although it had to wait/,
    alsoBreaks: ["close", "interrupt"],
    inject: ({ rules }) => {
      rules.executorLimit = "abandon";
    },
  },
  {
    name: "waits-for-jobs-too-early",
    does: "waits for the jobs in the default executor before its time",
    breaks: executor["does-not-wait-before-3.9"],
    says: /expected an end within/,
    by: "timeout",
    inject: ({ rules }) => {
      rules.executorLimit = "unlimited";
    },
  },
  {
    name: "abandons-jobs-of-a-failed-main",
    does: "does not wait for the jobs in the default executor when main raised",
    breaks: executor["waits-for-jobs.when-main-fails"],
    says: /the run ended although it had to wait/,
    inject: () => {
      const endOf = watchEnds();
      let failed = false;
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop) {
            failed = endOf(this) !== "returned";
            return shutDown.call(this, loop) as unknown;
          },
      );
      patch(
        shutdown,
        "shutDown",
        (shutDown) => (loop, limit) => shutDown(loop, failed ? "abandon" : limit) as unknown,
      );
    },
  },
  {
    name: "leaves-threads",
    does: "waits for the jobs and leaves their threads",
    breaks: executor["leaves-no-threads"],
    says: /expected \d+ to equal \d+/,
    inject: () => {
      patch(
        ThreadPoolExecutor.prototype,
        "drain",
        () =>
          async function (this: { unfinished: Set<Promise<unknown>> }) {
            await Promise.allSettled(this.unfinished);
          },
      );
    },
  },
  {
    name: "shuts-the-executor-down-after-each-run",
    does: "shuts the default executor down at the end of every run",
    breaks: executor["kept-between-runs"],
    says: /expected no exception, got RuntimeError: the default executor has been shut down/,
    alsoBreaks: ["close", "async-generators"],
    inject: () => {
      afterRun(function (run) {
        const { loop } = this;
        const finish = () => loop?.runUntilComplete(loop.shutdownDefaultExecutor());
        return run.finally(() => (loop?.isClosed() === true ? undefined : finish()));
      });
    },
  },
  {
    name: "forgets-the-installed-executor",
    does: "shuts down an executor it made itself, but not one that was installed",
    breaks: executor["is-the-installed-one"],
    says: /the run ended although it had to wait/,
    inject: () => {
      const installed = new WeakSet();
      patch(
        DefaultExecutor.prototype,
        "replace",
        (replace) =>
          function (made) {
            installed.add(this as object);
            replace.call(this, made);
          },
      );
      patch(
        DefaultExecutor.prototype,
        "shutdown",
        (shutDown) =>
          function* (timeout) {
            if (!installed.has(this as object)) yield* shutDown.call(this, timeout);
          },
      );
    },
  },
  {
    name: "limit-of-a-minute",
    does: "gives the default executor sixty seconds",
    breaks: executor["limit-is-five-minutes"],
    says: /expected \[ 60 \] to deeply equal \[ 300 \]/,
    inject: ({ rules }) => {
      rules.executorLimit = 60;
    },
  },
  {
    name: "limit-too-early",
    does: "gives the default executor five minutes before the chapter did",
    breaks: executor["no-limit-before-3.12"],
    says: /expected \[ 300 \] to deeply equal \[ undefined \]/,
    inject: ({ rules }) => {
      rules.executorLimit = 300;
    },
  },
  {
    name: "limit-passes-in-silence",
    does: "emits no warning when jobs outlast the time limit",
    breaks: executor["limit-passed"],
    says: /expected \[\] to include 'RuntimeWarning'/,
    inject: () => {
      patch(process, "emitWarning", (emit) => (message, type) => {
        if (type !== "RuntimeWarning") emit(message, type);
      });
    },
  },
  {
    name: "swallows-the-warning",
    does: "returns main's value although the warning about the limit was made an error",
    breaks: executor["limit-passed.warning-as-error"],
    says: /expected an exception, but null was returned/,
    python: { run: "swallows_warnings:run", runner: "swallows_warnings:Runner" },
  },
];
