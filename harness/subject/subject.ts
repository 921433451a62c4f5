import { randomUUID } from "node:crypto";

import { expect } from "chai";

import type { Edition } from "../../spec/editions";
import type { Feature } from "../../spec/requirement";
import type { Hello } from "../protocol/messages";
import { featureOf, type OpName } from "../protocol/ops";
import type { PuppetKind } from "../protocol/values";
import type { Session } from "../session/session";
import { Activation, drive, type Body } from "./activation";
import { Conversation, type CallArguments } from "./conversation";
import type { Gates } from "./gates";
import { type Gate } from "./gates";
import type {
  Ask,
  Request,
  RemoteContext,
  RemoteExecutor,
  RemoteFuture,
  RemoteGenerator,
  RemoteJob,
  RemoteLoop,
  RemoteRecorder,
  RemoteRunner,
  RemoteVar,
  RemoteWeakref,
} from "./objects";
import { Puppet } from "./puppets";
import type { Remote } from "./remote";
import { AdapterError, RemoteException, Unsupported } from "./remote";
import { WireValues } from "./wire-values";

/** How SIGINT is handled: one of the language's own ways, a recorder of ours, or some other function. */
export type Disposition = "default_int_handler" | "SIG_IGN" | "SIG_DFL" | Remote;

/** What a conformance test holds in its hands: the implementation under test, in one private session. */
export class Subject {
  readonly edition: Edition;
  readonly hello: Hello;
  readonly conversation: Conversation;
  readonly #values: WireValues;
  readonly #gates: Gates;
  readonly #quietMs: number;
  #asked = false;

  constructor(session: Session, options: { edition: Edition; quietMs: number; gates: Gates }) {
    this.edition = options.edition;
    this.hello = session.hello;
    this.conversation = new Conversation(session);
    this.#values = new WireValues(this.ask);
    this.#gates = options.gates;
    this.#quietMs = options.quietMs;
  }

  /** Asks for one operation, with the arguments exactly as given. The typed methods below are shorter. */
  readonly ask: Ask = (op, request = {}) => {
    const result = this.#ask(op, request);
    // A test may look at the outcome later; until then a failure is not an unhandled one.
    result.catch(() => undefined);
    return result;
  };

  async #ask(op: OpName, request: Request): Promise<unknown> {
    this.#asked = true;
    const answer = await this.conversation.call(op, this.#given(request));
    switch (answer.type) {
      case "returned":
        return this.#values.fromWire(answer.value);
      case "raised":
        throw this.#values.fromWire(answer.exception) as RemoteException;
      case "unsupported":
        throw new Unsupported(
          `unsupported ${answer.op}: ${answer.reason}`,
          this.#claims(answer.op),
        );
      case "adapter-error":
        throw new AdapterError(
          `expected the adapter to try ${answer.op}, got adapter-error: ${answer.message}`,
        );
    }
  }

  /** The arguments of a call as they cross the wire; what there is none of is left out. */
  #given({ on, args, kwargs }: Request): CallArguments {
    const given: CallArguments = {};
    if (on !== undefined) given.on = this.#values.toWire(on);
    if (args !== undefined && args.length > 0) {
      given.args = args.map((arg) => this.#values.toWire(arg));
    }
    for (const name in kwargs) {
      if (kwargs[name] === undefined) continue;
      (given.kwargs ??= {})[snakeCase(name)] = this.#values.toWire(kwargs[name]);
    }
    return given;
  }

  #claims(op: OpName): boolean {
    const feature = featureOf(op);
    return feature === undefined || this.has(feature);
  }

  /** Whether the subject claims a feature. */
  has(feature: Feature): boolean {
    return this.hello.features.includes(feature);
  }

  // Puppets

  /** A native coroutine that does what `body` does. Not running it fails the test. */
  coroutine(body: Body): Puppet {
    return this.#puppet("coroutine", body);
  }
  /** A native coroutine that must never start. Its state can still be asked for. */
  untouchedCoroutine(): Puppet {
    return this.#puppet("coroutine", () => undefined, true);
  }
  /** A native function. */
  function(body: (...args: unknown[]) => unknown): Puppet {
    return this.#puppet("function", (co) => body(...co.args));
  }
  /** A native function whose body may also keep its thread busy. */
  callable(body: Body): Puppet {
    return this.#puppet("function", body);
  }
  /** A native coroutine function, not called yet, that must never be called. */
  untouchedCoroutineFunction(): Puppet {
    return this.#puppet("coroutine-function", () => undefined, true);
  }
  /** A native function that must never be called. */
  untouchedFunction(): Puppet {
    return this.#puppet("function", () => undefined, true);
  }
  /** A native asynchronous generator object. */
  asyncGenerator(body: Body): Puppet {
    return this.#puppet("async-generator", body);
  }
  /** A native asynchronous generator object that must never start. */
  untouchedAsyncGenerator(): Puppet {
    return this.#puppet("async-generator", () => undefined, true);
  }
  /** A native object that is no coroutine but can be awaited. */
  awaitable(body: Body): Puppet {
    return this.#puppet("awaitable", body);
  }
  /** A native awaitable that must never be awaited. */
  untouchedAwaitable(): Puppet {
    return this.#puppet("awaitable", () => undefined, true);
  }

  #puppet(kind: PuppetKind, body: Body, untouched = false): Puppet {
    const number = this.conversation.addPuppet((activationNumber, args) => {
      puppet.starts += 1;
      if (untouched) {
        this.conversation.fail(
          expectation(`${puppet.toString()} was started, but it must stay untouched`),
        );
        return;
      }
      let given: readonly unknown[];
      try {
        given = args.map((arg) => this.#values.fromWire(arg));
      } catch (error) {
        this.conversation.fail(error);
        return;
      }
      const activation = new Activation(
        puppet,
        activationNumber,
        given,
        this.conversation,
        this.#values,
      );
      void drive(puppet, body, activation, this.conversation, this.#values);
    });
    const puppet = new Puppet(number, kind, untouched);
    this.#values.know(puppet);
    return puppet;
  }

  /** Fails when a puppet that should have run never did: no test passes on nothing. */
  expectNoIdlePuppets(): void {
    for (const puppet of this.#values.puppets) {
      if (!puppet.untouched && puppet.starts === 0) {
        throw expectation(`${puppet.toString()} never ran`);
      }
    }
  }

  /** Fails when it does not know what only this session can have told it: answers from a recording prove nothing. */
  async expectAnswersOfItsOwn(): Promise<void> {
    if (!this.#asked || !this.conversation.hasFloor) return;
    const nonce = this.nonce();
    const made: unknown = await this.exception("ValueError", nonce);
    if (!(made instanceof RemoteException) || !made.message.includes(nonce)) {
      throw expectation(`expected an exception that says ${nonce}, got ${String(made)}`);
    }
  }

  // Runners

  /** `asyncio.run(main, **options)`. */
  run(main: unknown, options: RunOptions = {}): Promise<unknown> {
    return this.ask("asyncio.run", { args: [main], kwargs: { ...options } });
  }
  /** `asyncio.Runner(**options)`. */
  Runner(options: RunOptions = {}): Promise<RemoteRunner> {
    return this.ask("asyncio.Runner", { kwargs: { ...options } }) as Promise<RemoteRunner>;
  }

  /** The options that make a Runner get its loop from `factory`, by the name the edition gives that parameter. */
  factoryOption(factory: unknown): RunOptions {
    return this.edition === "3.11-draft" ? { factory } : { loopFactory: factory };
  }

  // Loops, tasks, coroutines

  newEventLoop(): Promise<RemoteLoop> {
    return this.ask("asyncio.new_event_loop") as Promise<RemoteLoop>;
  }
  getRunningLoop(): Promise<RemoteLoop> {
    return this.ask("asyncio.get_running_loop") as Promise<RemoteLoop>;
  }
  getEventLoop(): Promise<RemoteLoop> {
    return this.ask("asyncio.get_event_loop") as Promise<RemoteLoop>;
  }
  setEventLoop(loop: RemoteLoop | null): Promise<unknown> {
    return this.ask("asyncio.set_event_loop", { args: [loop] });
  }
  /** This thread's current loop, or null where there is none. */
  async currentLoop(): Promise<RemoteLoop | null> {
    try {
      return (await this.ask("policy.get_event_loop")) as RemoteLoop;
    } catch (error) {
      if (error instanceof RemoteException && error.isA("RuntimeError")) return null;
      throw error;
    }
  }
  /** The calls of the policy's methods so far, by name. */
  policyCalls(): Promise<readonly string[]> {
    return this.ask("policy.consulted") as Promise<readonly string[]>;
  }
  /**
   * A loop whose public methods are recorded (`loop.calls()`). `fail` names methods that raise instead; `limit`, in
   * seconds, replaces the time limit shutdown_default_executor was given.
   */
  recordingLoop(
    options: { fail?: Record<string, RemoteException>; limit?: number } = {},
  ): Promise<RemoteLoop> {
    return this.ask("recording.new", { kwargs: options }) as Promise<RemoteLoop>;
  }
  currentTask(): Promise<RemoteFuture> {
    return this.ask("asyncio.current_task") as Promise<RemoteFuture>;
  }
  allTasks(): Promise<readonly RemoteFuture[]> {
    return this.ask("asyncio.all_tasks") as Promise<readonly RemoteFuture[]>;
  }
  /** An awaitable that takes that many seconds. */
  sleep(seconds: number): Promise<unknown> {
    return this.ask("asyncio.sleep", { args: [seconds] });
  }
  coroutineState(coroutine: Puppet): Promise<string> {
    return this.ask("coroutine.state", { on: coroutine }) as Promise<string>;
  }
  /** An object that is no native coroutine but has the methods of one, and hands each call on to `coroutine`. */
  coroutineLike(coroutine: Puppet): Promise<Remote> {
    return this.ask("coroutine.like", { args: [coroutine] }) as Promise<Remote>;
  }
  /** An awaitable for the next value of a generator puppet. */
  anext(generator: Puppet | RemoteGenerator): Promise<unknown> {
    return this.ask("generator.anext", { on: generator });
  }

  // Contexts

  contextVar(name = "var"): Promise<RemoteVar> {
    return this.ask("contextvars.ContextVar", { args: [name] }) as Promise<RemoteVar>;
  }
  copyContext(): Promise<RemoteContext> {
    return this.ask("contextvars.copy_context") as Promise<RemoteContext>;
  }
  emptyContext(): Promise<RemoteContext> {
    return this.ask("contextvars.Context") as Promise<RemoteContext>;
  }

  // Signals, threads, jobs, warnings

  /** Sends a real SIGINT to the session's process; only while the subject has the floor. */
  interrupt(): void {
    this.conversation.interrupt();
  }
  /** How SIGINT is handled now. */
  getSignal(): Promise<Disposition> {
    return this.ask("signal.getsignal", { args: ["SIGINT"] }) as Promise<Disposition>;
  }
  setSignal(handler: Disposition): Promise<unknown> {
    return this.ask("signal.signal", { args: ["SIGINT", handler] });
  }
  /** Runs a function puppet in a thread of its own and waits for it. */
  inThread(body: Puppet): Promise<unknown> {
    return this.ask("threading.run", { args: [body] });
  }
  activeThreads(): Promise<number> {
    return this.ask("threading.active_count") as Promise<number>;
  }
  /** A function for an executor: waits until the gate is open, then returns or raises. */
  job(
    options: { until?: Gate; thenReturn?: unknown; thenRaise?: RemoteException } = {},
  ): Promise<RemoteJob> {
    return this.ask("job.new", {
      kwargs: {
        until: options.until?.path ?? null,
        thenReturn: options.thenReturn,
        thenRaise: options.thenRaise,
      },
    }) as Promise<RemoteJob>;
  }
  /** An executor that is nobody's default yet. */
  executor(): Promise<RemoteExecutor> {
    return this.ask("executor.new") as Promise<RemoteExecutor>;
  }
  /** Something jobs wait for and the test opens. */
  gate(): Gate {
    return this.#gates.make();
  }
  recorder(): Promise<RemoteRecorder> {
    return this.ask("recorder.new") as Promise<RemoteRecorder>;
  }
  /** Categories and messages of the warnings of this session so far. */
  warnings(): Promise<readonly { category: string; message: string }[]> {
    return this.ask("warnings.caught") as Promise<readonly { category: string; message: string }[]>;
  }
  /** From now on, emitting a warning of that class raises it. */
  warningsAsErrors(category: string): Promise<unknown> {
    return this.ask("warnings.as_errors", { args: [category] });
  }

  // Plain objects

  /** A fresh object, equal only to itself; `described` is called whenever its textual form is asked for. */
  /** Makes the subject's side forget objects: whatever else keeps them alive, the harness does not any more. */
  forget(...objects: readonly Remote[]): Promise<unknown> {
    return this.ask("object.forget", { args: objects });
  }
  /** Knows `object` without keeping it alive. */
  weakref(object: Remote): Promise<RemoteWeakref> {
    return this.ask("weakref.new", { args: [object] }) as Promise<RemoteWeakref>;
  }
  object(options: { described?: RemoteRecorder } = {}): Promise<Remote> {
    return this.ask("object.new", { kwargs: options }) as Promise<Remote>;
  }
  typeOf(object: unknown): Promise<Remote> {
    return this.ask("object.type", { args: [object] }) as Promise<Remote>;
  }
  /** A new exception of a named class; throw it in a puppet to raise it. */
  exception(type: string, ...args: unknown[]): Promise<RemoteException> {
    return this.ask("exception.new", { args: [type, ...args] }) as Promise<RemoteException>;
  }
  /** A text nobody can guess; evidence that it travelled through the subject. */
  nonce(): string {
    return randomUUID();
  }

  // Waiting

  /** Runs `action` once the coroutine that calls this is suspended and its loop waits for events. */
  async onceSuspended(action: () => Promise<void> | void): Promise<void> {
    const elsewhere = this.function(() => null);
    await (await this.getRunningLoop()).callSoon(elsewhere);
    elsewhere.finished
      .then(() => this.conversation.idle())
      .then(action)
      .catch((error: unknown) => {
        this.conversation.fail(error);
      });
  }

  /** One quiet window: the only wait in a test, and only to show that something does not happen. */
  quiet(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.#quietMs));
  }
  /** Fails when `pending` settles within one quiet window. */
  async expectPending(pending: Promise<unknown>, what: string): Promise<void> {
    const settled = pending.then(
      () => true,
      () => true,
    );
    if (await Promise.race([settled, this.quiet().then(() => false)])) {
      throw expectation(`${what} ended although it had to wait`);
    }
  }
}

/** Keyword arguments of `run` and `Runner`; a key that is absent is not passed. */
export interface RunOptions {
  readonly debug?: boolean | null;
  readonly loopFactory?: unknown;
  readonly factory?: unknown;
}

/** Gives the exception `promise` raises in the subject; fails when it raises none. */
export async function failureOf(promise: Promise<unknown>): Promise<RemoteException> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof RemoteException) return error;
    throw error;
  }
  throw expectation(`expected an exception, but ${String(value)} was returned`);
}

/** An assertion error with that message. */
function expectation(message: string): Error {
  try {
    expect.fail(message);
  } catch (error) {
    return error as Error;
  }
}

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
