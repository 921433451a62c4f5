import { AsyncResource, executionAsyncId } from "node:async_hooks";
import { leaveAllContexts } from "../context";
import { thread } from "../current";
import { KeyboardInterrupt } from "../errors";
import { repairAsyncIds, runTurn, runUserCode } from "../interrupt";
import { Task } from "../tasks/task";
import { Alarm } from "./alarm";
import type { Runnable, TimerHandle } from "./handle";
import { ReadyQueue } from "./ready-queue";
import { TimerHeap } from "./timer-heap";

/** What ended a run before its time. */
export interface Failure {
  readonly exception: unknown;
}

/** What a driver needs of its loop. */
export interface Driven {
  /** Seconds. */
  time(): number;
  /** Whether it wants to be told how long each callback and step took. */
  getDebug(): boolean;
  noteStep(runnable: Runnable, seconds: number): void;
  /** Told when turns are interrupted to let Node do something else. */
  onPause(): void;
}

/**
 * Makes the turns of a loop on top of Node's own loop.
 *
 * A turn runs what was ready when it began, each piece of user code by itself, so that what becomes ready in a turn
 * waits for the next. Many turns share one `setImmediate`, about a millisecond of them: one each costs ten times as
 * much as a turn, and Node's I/O, timers and promises can wait that long. With nothing to do no turn is made at all.
 *
 * A second Ctrl-C may kill user code in the middle, and no `finally` runs then. So nothing here is half done
 * while user
 * code runs, and Node's timers are only touched between turns: a kill inside them would break them.
 */
export class Driver {
  readonly ready = new ReadyQueue<Runnable>();
  readonly timers = new TimerHeap();
  private readonly loop: Driven;
  private readonly alarm = new Alarm(() => {
    this.wake();
  });
  private phase: "stopped" | "idle" | "scheduled" | "turning" = "stopped";
  private stopping = false;
  private failure: Failure | null = null;
  private scope: AsyncResource | null = null;
  private settle: ((failure: Failure | null) => void) | null = null;
  private current: Runnable | null = null;
  private measuring = false;
  /** When the clock was read last, after how many pieces of user code it is read again, and how many are left. */
  private now = 0;
  private patience = 1;
  private untilClock = 0;

  constructor(loop: Driven) {
    this.loop = loop;
  }

  /** Makes turns until `stop` or `fail`; then calls `settle` with what failed, in Node's callback. */
  start(settle: (failure: Failure | null) => void): void {
    this.settle = settle;
    this.scope = new AsyncResource("EventLoop");
    this.phase = "idle";
    this.wake();
  }

  isRunning(): boolean {
    return this.phase !== "stopped";
  }

  isStepping(runnable: Runnable): boolean {
    return this.current === runnable;
  }

  schedule(runnable: Runnable): void {
    this.ready.push(runnable);
    if (this.phase === "idle") this.wake();
  }

  addTimer(timer: TimerHandle): void {
    this.timers.push(timer);
    this.untilClock = 0;
    if (this.phase === "idle") this.alarm.set(this.timers.nextDue(), this.loop.time());
  }

  /** Ends the run after this turn. */
  stop(): void {
    this.stopping = true;
    if (this.phase === "idle") this.wake();
  }

  /** Ends the run as soon as the piece of user code that is running is done. The first failure counts. */
  fail(exception: unknown): void {
    this.failure ??= { exception };
    if (this.phase === "idle") this.wake();
  }

  clear(): void {
    this.ready.clear();
    this.timers.clear();
  }

  private wake(): void {
    if (this.phase !== "idle") return;
    this.phase = "scheduled";
    setImmediate(this.onImmediate);
  }

  private readonly onImmediate = (): void => {
    const asyncId = executionAsyncId();
    this.phase = "turning";
    if (runTurn(this.turnsInScope)) this.afterKill();
    if (this.stopping || this.failure !== null) this.finish();
    else this.pause();
    repairAsyncIds(asyncId);
  };

  private readonly turnsInScope = (): void => {
    this.scope?.runInAsyncScope(this.turns);
  };

  private readonly turns = (): void => {
    this.measuring = this.loop.getDebug();
    this.readClock();
    const end = this.now + longestBatch;
    do {
      this.turn();
    } while (this.ready.length > 0 && !this.stopping && this.failure === null && this.now < end);
  };

  private turn(): void {
    if (this.untilClock <= 0) this.readClock();
    if (this.timers.size > 0) this.readyDueTimers();
    for (let count = this.ready.length; count > 0; count--) {
      this.current = this.ready.shift() ?? null;
      this.untilClock--;
      if (runUserCode(this.runCurrent) || this.failure !== null) break;
    }
    this.current = null;
  }

  private readonly runCurrent = (): void => {
    const { current } = this;
    if (current === null) return;
    try {
      if (this.measuring) this.runMeasured(current);
      else current.run();
    } catch (exception) {
      this.fail(exception);
    }
  };

  private runMeasured(runnable: Runnable): void {
    const start = this.loop.time();
    runnable.run();
    this.loop.noteStep(runnable, this.loop.time() - start);
  }

  private readyDueTimers(): void {
    while (this.timers.nextDue() <= this.now) {
      const timer = this.timers.pop();
      if (timer !== undefined) this.ready.push(timer);
    }
  }

  /** Reading the clock costs as much as a turn; while turns are quick, every 32nd piece of user code is enough. */
  private readClock(): void {
    const now = this.loop.time();
    this.patience = now - this.now < quick ? Math.min(this.patience * 2, 32) : 1;
    this.untilClock = this.patience;
    this.now = now;
  }

  private pause(): void {
    this.phase = "idle";
    this.loop.onPause();
    if (this.ready.length > 0) {
      this.wake();
      return;
    }
    const due = this.timers.nextDue();
    const now = this.loop.time();
    if (due <= now) this.wake();
    else this.alarm.set(due, now);
  }

  private finish(): void {
    const { failure, settle } = this;
    this.alarm.clear();
    this.phase = "stopped";
    this.stopping = false;
    this.failure = null;
    this.scope = null;
    settle?.(failure);
  }

  /** User code was killed where it stood; what it had entered it did not leave. */
  private afterKill(): void {
    const interrupt = (this.failure?.exception ?? new KeyboardInterrupt()) as KeyboardInterrupt;
    const { current } = this;
    this.current = null;
    leaveAllContexts();
    thread.task = null;
    if (current instanceof Task && !current.done()) current.endKilled(interrupt);
    this.fail(interrupt);
  }
}

/** Seconds of turns that share one macrotask of Node. */
const longestBatch = 0.001;

/** Seconds between two looks at the clock below which it is looked at less often. */
const quick = 0.00005;
