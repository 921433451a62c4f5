import { Context, copyContext } from "./context";
import { isCoroutine } from "./coroutine";
import { thread } from "./current";
import { describe } from "./describe";
import { newestRules, type Rules } from "./editions";
import { chain, isCancelled, RuntimeError } from "./errors";
import { EventLoop } from "./loop/event-loop";
import { handleInterrupts, interruptRun, keyboardInterrupt } from "./loop/interrupts";
import { makeLoop, type LoopFactory } from "./loop-factory";
import { checkOptions } from "./options";
import { policyOf, type Policy } from "./policy";
import { shutDown } from "./shutdown";
import { awaitAny, isAwaitable, type Awaitable } from "./tasks/awaitable";
import type { Task } from "./tasks/task";

/** How a runner is made. A null means the same as leaving the option out. */
export interface RunnerOptions {
  /** Switches the loop's debug mode on or off; by default the loop decides, which follows the global debug mode. */
  readonly debug?: boolean | null;
  /** Makes the loop: a function, or a class of loops. The runner closes that loop, and does not make it current. */
  readonly loopFactory?: LoopFactory | null;
}

/** How one run of a runner is made. */
export interface RunOptions {
  /** The context the coroutine runs in, itself and not a copy. The runner's own by default. */
  readonly context?: Context | null;
}

/**
 * Several runs on one loop, in one context.
 *
 * What is refused rejects the promise: wrong arguments, a closed runner, whatever the loop factory throws. Inside a
 * running loop, where nobody could await that, it throws at once. What gives no promise (`enter`, `getLoop`) throws.
 *
 *     await using runner = new Runner({ debug: true });
 *     await runner.run(main());
 */
export class Runner {
  /** How the edition it belongs to differs. */
  static readonly rules: Rules = newestRules;
  /** @internal */
  static readonly policy: Policy = policyOf(newestRules, EventLoop);

  private readonly rules: Rules;
  private readonly policy: Policy;
  private readonly debug: boolean | null;
  private readonly loopFactory: LoopFactory | null;
  private phase: "created" | "initialized" | "closing" | "closed" = "created";
  private loop: EventLoop | null = null;
  private context: Context | null = null;
  private madeLoopCurrent = false;
  private closing: Promise<void> | null = null;
  private closesNext = false;
  /** Ends the handling of Ctrl-C between the last run and the shutdown. */
  private releaseInterrupts: (() => void) | null = null;

  /**
   * Makes nothing yet (lazy-initialisation.constructor-makes-no-loop). `TypeError` for anything but known
   * options.
   */
  constructor(...options: [options?: RunnerOptions | null]) {
    ({ rules: this.rules, policy: this.policy } = new.target);
    const known = this.rules.runnerOptions ?? ["debug", "loopFactory"];
    const given = checkOptions("Runner()", options, known);
    this.debug = (given["debug"] as boolean | null | undefined) ?? null;
    this.loopFactory = (given[known[1]] as LoopFactory | null | undefined) ?? null;
  }

  /** Makes the loop and takes a copy of the current context, unless that is done. `RuntimeError` once closed. */
  enter(): this {
    this.initialize(); // lazy-initialisation.entering-initialises
    return this;
  }

  /** The loop, made if necessary. `RuntimeError` once closed. */
  getLoop(): EventLoop {
    return this.initialize().loop; // lazy-initialisation.get-loop-initialises, lazy-initialisation.happens-once
  }

  /**
   * Runs `main` as a task of the loop, and resolves to what it returns or rejects with what it raises.
   *
   * In the main thread, and if nobody else listens to SIGINT, the first Ctrl-C cancels that task, and the promise
   * rejects with `KeyboardInterrupt` once it has ended so. The second one rejects it at once.
   */
  run<Result>(main: Awaitable<Result>, ...options: [options?: RunOptions | null]): Promise<Result> {
    const given = arguments.length;
    return refusing(() => {
      if (given === 0) throw new TypeError("Runner.run() needs a coroutine");
      return this.start(main, options);
    });
  }

  private start<Result>(
    main: Awaitable<Result>,
    options: readonly [options?: RunOptions | null],
  ): Promise<Result> {
    const given = checkOptions("Runner.run()", options, ["context"]);
    if (this.rules.checksArgumentFirst) checkArgument(main, this.rules);
    checkNoLoopRunning("Runner.run()");
    const { loop, context } = this.initialize(); // lazy-initialisation.run-initialises
    if (!this.rules.checksArgumentFirst) checkArgument(main, this.rules);
    const chosen = checkContext(given["context"]) ?? context; // context.custom-is-read, context.none-is-default
    const coroutine = isCoroutine(main) ? main : awaitAny(main);
    return this.drive(loop, loop.createTask(coroutine, { context: chosen }));
  }

  /** Cancels what is left, closes async generators, the default executor and the loop. Closing twice is harmless. */
  close(): Promise<void> {
    const { loop } = this;
    if (this.closing !== null) return this.closing; // close.twice-is-harmless
    if (loop === null) return Promise.resolve(); // lazy-initialisation.close-before-it-creates-nothing
    checkOwnLoopStopped(loop);
    if (isBusy()) {
      this.end(loop); // running-loop.runner-closed-inside
      throw new RuntimeError("Runner.close() cannot be called from a running event loop");
    }
    this.phase = "closing";
    this.closing = this.shutDown(loop);
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Enters, calls `body`, and closes also if that fails: Python's `with`. */
  use<Result>(body: (runner: this) => Result | PromiseLike<Result>): Promise<Result> {
    return refusing(() => this.enter().enclose(body));
  }

  /** Runs `main` and closes. Ctrl-C is never left to the process in between. @internal */
  runAndClose<Result>(main: Awaitable<Result>): Promise<Result> {
    this.closesNext = true;
    return this.use(() => this.run(main));
  }

  private async enclose<Result>(
    body: (runner: this) => Result | PromiseLike<Result>,
  ): Promise<Result> {
    let result: Result;
    try {
      result = await body(this);
    } catch (error) {
      await this.close().catch((later: unknown) => {
        chain(later, error); // loop-lifecycle.closed-when-shutdown-fails
        throw later;
      });
      throw error; // close.leaving-with-closes
    }
    await this.close();
    return result;
  }

  private initialize(): { readonly loop: EventLoop; readonly context: Context } {
    // close.run-is-refused-afterwards, close.get-loop-is-refused-afterwards, close.entering-is-refused-afterwards
    if (this.phase === "closed") throw new RuntimeError("the runner is closed");
    if (this.loop !== null && this.context !== null) {
      return { loop: this.loop, context: this.context };
    }
    const loop = this.makeLoop();
    if (this.debug !== null) loop.setDebug(this.debug); // debug.set-before-the-first-run, debug.overrules-the-factory
    const context = copyContext(); // context.taken-at-initialisation
    this.loop = loop;
    this.context = context;
    this.phase = "initialized";
    return { loop, context };
  }

  private makeLoop(): EventLoop {
    if (this.loopFactory !== null) return makeLoop(this.loopFactory); // current-loop.untouched-with-factory
    const loop = this.policy.newEventLoop();
    // current-loop.set-while-running, current-loop.set-once-per-runner, current-loop.set-at-initialisation
    if (!this.madeLoopCurrent) this.policy.setEventLoop(loop);
    this.madeLoopCurrent = true;
    return loop;
  }

  private async drive<Result>(loop: EventLoop, task: Task<Result>): Promise<Result> {
    let interruptions = 0;
    const { interrupts } = this.rules;
    const release = handleInterrupts(interrupts, (count) => {
      interruptions = count;
      const isFirst = interrupts === "graceful" && count === 1;
      if (isFirst && !task.done())
        task.cancel(); // interrupt.first-cancels-main
      else if (isFirst && loop.isStepping(task) && hasRaised(task))
        return; // interrupt.unrelated-error-escapes
      // interrupt.pending-beats-return, interrupt.second-does-not-cancel, interrupt.after-main-is-done, interrupt.is-immediate-before-3.11
      else loop.interrupt(keyboardInterrupt(loop));
    });
    try {
      return await loop.runUntilComplete(task);
    } catch (error) {
      if (interruptions > 0 && isCancelled(error) && isUncancelled(task)) {
        throw keyboardInterrupt(loop, { cause: error }); // interrupt.first-ends-in-keyboard-interrupt
      }
      throw error;
    } finally {
      // interrupt-handler.removed-after-return, interrupt-handler.removed-after-exception, interrupt-handler.lasts-one-run
      const goesOn = this.closesNext && !loop.hasNothingToShutDown();
      release();
      if (goesOn) this.releaseInterrupts = interruptRun(loop);
    }
  }

  private async shutDown(loop: EventLoop): Promise<void> {
    if (loop.hasNothingToShutDown()) {
      this.end(loop);
      return;
    }
    thread.shuttingDown = true;
    // interrupt.during-shutdown-is-plain, interrupt.during-executor-wait-is-prompt
    const release = interruptRun(loop);
    try {
      await shutDown(loop, this.rules.executorLimit);
    } finally {
      thread.shuttingDown = false;
      release();
      this.end(loop); // close.failed-step-escapes
    }
  }

  private end(loop: EventLoop): void {
    this.releaseInterrupts?.();
    this.releaseInterrupts = null;
    this.phase = "closed";
    this.closing = Promise.resolve();
    this.loop = this.context = null;
    if (this.madeLoopCurrent) this.policy.setEventLoop(null); // current-loop.none-after
    loop.close(); // close.closes-the-loop
  }
}

/**
 * What is refused rejects the promise, as callers of a function that returns one expect. Inside a running loop it
 * throws: a coroutine could not await that promise.
 */
export function refusing<Result>(start: () => Promise<Result>): Promise<Result> {
  try {
    return start();
  } catch (error) {
    if (isBusy()) throw error;
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a loop factory throws
    return Promise.reject(error);
  }
}

/** `RuntimeError` if a loop is running in this thread. running-loop.run-refused, running-loop.runner-run-refused */
export function checkNoLoopRunning(caller: string): void {
  if (isBusy()) throw new RuntimeError(`${caller} cannot be called from a running event loop`);
}

/** Refuses what `rules` do not allow to be run. argument.others-refused */
export function checkArgument(main: unknown, rules: Rules): void {
  if (rules.accepts === "coroutine" ? isCoroutine(main) : isAwaitable(main)) return;
  const wanted =
    rules.accepts === "coroutine" ? "a coroutine was expected" : "an awaitable is required";
  throw new rules.refusal(`${wanted}, got ${describe(main)}`);
}

function checkContext(context: unknown): Context | null {
  if (context === undefined || context === null) return null;
  if (!(context instanceof Context)) {
    throw new TypeError(`expected a Context, got ${describe(context)}`);
  }
  if (!context.isEntered()) return context;
  throw new RuntimeError("cannot run in a context that is already entered");
}

function checkOwnLoopStopped(loop: EventLoop): void {
  if (loop.isRunning()) throw new RuntimeError("cannot close a runner while its loop is running");
}

/** Whether it ended in an error of its own. We may hear of Ctrl-C only after the step in which that happened. */
const hasRaised = (task: Task<unknown>): boolean => !task.cancelled() && task.exception() !== null;

const isBusy = (): boolean => thread.runningLoop !== null || thread.shuttingDown;

/**
 * Whether nobody but Ctrl-C had cancelled `task`. A task of another make may not know.
 * interrupt.with-other-cancel-stays-cancelled, interrupt.without-uncancel-stays-cancelled
 */
const isUncancelled = (task: { uncancel?: () => number }): boolean => task.uncancel?.() === 0;
