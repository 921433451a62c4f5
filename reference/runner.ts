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
 * What is refused throws at once: wrong arguments, a closed runner, a loop that is running in this thread already. What
 * goes wrong later rejects the promise.
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

  /** Makes nothing yet (INIT-01). `TypeError` for anything but known options. */
  constructor(...options: [options?: RunnerOptions | null]) {
    ({ rules: this.rules, policy: this.policy } = new.target);
    const known = this.rules.runnerOptions ?? ["debug", "loopFactory"];
    const given = checkOptions("Runner()", options, known);
    this.debug = (given["debug"] as boolean | null | undefined) ?? null;
    this.loopFactory = (given[known[1]] as LoopFactory | null | undefined) ?? null;
  }

  /** Makes the loop and takes a copy of the current context, unless that is done. `RuntimeError` once closed. */
  enter(): this {
    this.initialize(); // INIT-02
    return this;
  }

  /** The loop, made if necessary. `RuntimeError` once closed. */
  getLoop(): EventLoop {
    return this.initialize().loop; // INIT-03, INIT-05
  }

  /**
   * Runs `main` as a task of the loop, and resolves to what it returns or rejects with what it raises.
   *
   * In the main thread, and if nobody else listens to SIGINT, the first Ctrl-C cancels that task, and the promise
   * rejects with `KeyboardInterrupt` once it has ended so. The second one rejects it at once.
   */
  run<Result>(main: Awaitable<Result>, ...options: [options?: RunOptions | null]): Promise<Result> {
    if (arguments.length === 0) throw new TypeError("Runner.run() needs a coroutine");
    const given = checkOptions("Runner.run()", options, ["context"]);
    if (this.rules.checksArgumentFirst) checkArgument(main, this.rules);
    checkNoLoopRunning("Runner.run()");
    const { loop, context } = this.initialize(); // INIT-04
    if (!this.rules.checksArgumentFirst) checkArgument(main, this.rules);
    const chosen = checkContext(given["context"]) ?? context; // CTX-05, CTX-08
    const coroutine = isCoroutine(main) ? main : awaitAny(main);
    return this.drive(loop, loop.createTask(coroutine, { context: chosen }));
  }

  /** Cancels what is left, closes async generators, the default executor and the loop. Closing twice is harmless. */
  close(): Promise<void> {
    const { loop } = this;
    if (this.closing !== null) return this.closing; // CLS-02
    if (loop === null) return Promise.resolve(); // INIT-06
    checkOwnLoopStopped(loop);
    if (isBusy()) {
      this.end(loop); // CHK-08
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
    this.enter();
    return this.enclose(body);
  }

  private async enclose<Result>(
    body: (runner: this) => Result | PromiseLike<Result>,
  ): Promise<Result> {
    let result: Result;
    try {
      result = await body(this);
    } catch (error) {
      await this.close().catch((later: unknown) => {
        chain(later, error); // LIFE-09
        throw later;
      });
      throw error; // CLS-06
    }
    await this.close();
    return result;
  }

  private initialize(): { readonly loop: EventLoop; readonly context: Context } {
    if (this.phase === "closed") throw new RuntimeError("the runner is closed"); // CLS-03, CLS-04, CLS-05
    if (this.loop !== null && this.context !== null) {
      return { loop: this.loop, context: this.context };
    }
    const loop = this.makeLoop();
    if (this.debug !== null) loop.setDebug(this.debug); // DBG-06, DBG-07
    const context = copyContext(); // CTX-01
    this.loop = loop;
    this.context = context;
    this.phase = "initialized";
    return { loop, context };
  }

  private makeLoop(): EventLoop {
    if (this.loopFactory !== null) return makeLoop(this.loopFactory); // CUR-04
    const loop = this.policy.newEventLoop();
    if (!this.madeLoopCurrent) this.policy.setEventLoop(loop); // CUR-02, CUR-06, CUR-07
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
        task.cancel(); // INT-10
      else if (isFirst && loop.isStepping(task) && hasRaised(task))
        return; // INT-16
      else loop.interrupt(keyboardInterrupt(loop)); // INT-17, INT-25, INT-29, INT-38
    });
    try {
      return await loop.runUntilComplete(task);
    } catch (error) {
      if (interruptions > 0 && isCancelled(error) && isUncancelled(task)) {
        throw keyboardInterrupt(loop, { cause: error }); // INT-11
      }
      throw error;
    } finally {
      release(); // INT-04, INT-05, INT-09
    }
  }

  private async shutDown(loop: EventLoop): Promise<void> {
    thread.shuttingDown = true;
    const release = interruptRun(loop); // INT-30, INT-31
    try {
      await shutDown(loop, this.rules.executorLimit);
    } finally {
      thread.shuttingDown = false;
      release();
      this.end(loop); // CLS-09
    }
  }

  private end(loop: EventLoop): void {
    this.phase = "closed";
    this.closing = Promise.resolve();
    this.loop = this.context = null;
    if (this.madeLoopCurrent) this.policy.setEventLoop(null); // CUR-03
    loop.close(); // CLS-01
  }
}

/** `RuntimeError` if a loop is running in this thread. CHK-01, CHK-03 */
export function checkNoLoopRunning(caller: string): void {
  if (isBusy()) throw new RuntimeError(`${caller} cannot be called from a running event loop`);
}

/** Refuses what `rules` do not allow to be run. ARG-01 */
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

/** Whether nobody but Ctrl-C had cancelled `task`. A task of another make may not know. INT-19, INT-21 */
const isUncancelled = (task: { uncancel?: () => number }): boolean => task.uncancel?.() === 0;
