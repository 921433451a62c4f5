import { HarnessBug } from "../protocol/frames";
import type { FromAdapter, FromHarness, StepOutcome } from "../protocol/messages";
import type { OpName } from "../protocol/ops";
import type { ExceptionValue, Value } from "../protocol/values";
import type { Session } from "../session/session";

/** What an operation is asked with. */
export type CallArguments = Pick<Extract<FromHarness, { type: "call" }>, "on" | "args" | "kwargs">;

/** What an operation gave: a value, or one of the three ways not to give one. */
export type Answer =
  | { readonly type: "returned"; readonly value: Value }
  | { readonly type: "raised"; readonly exception: ExceptionValue }
  | { readonly type: "unsupported"; readonly reason: string; readonly op: OpName }
  | { readonly type: "adapter-error"; readonly message: string; readonly op: OpName };

/** What a puppet can be told to do until its next step. */
export type Instruction = Extract<FromHarness, { type: "await" | "yield" | "spin" }>;

/** Runs one activation of a puppet; called when the subject first steps it. */
export type Driver = (activation: number, args: readonly Value[]) => void;

/** The adapter broke a rule of the conversation that its single messages cannot show. */
export class OutOfTurn extends Error {
  override readonly name = "OutOfTurn";
}

/**
 * Keeps the floor. At any moment either the harness or the subject speaks; calls nest strictly, so the answer always
 * belongs to the innermost call and no ids are needed.
 */
export class Conversation {
  readonly #session: Session;
  readonly #calls: { readonly op: OpName; readonly answer: (answer: Answer) => void }[] = [];
  readonly #drivers = new Map<number, Driver>();
  readonly #steps = new Map<string, (outcome: StepOutcome) => void>();
  readonly #started = new Set<string>();
  readonly #onNotice = new Map<number, () => void>();
  #floor: "harness" | "subject" = "harness";
  #puppets = 0;
  #fail: (error: Error) => void = () => undefined;

  /** Rejects with the first error that must end the test: a failed assertion in a puppet, a broken rule. */
  readonly failed: Promise<never>;

  constructor(session: Session) {
    this.#session = session;
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    session.onMessage((message) => {
      this.#receive(message);
    });
  }

  /** Ends the test with `error`. Only the first one counts. */
  fail(error: unknown): void {
    this.#fail(error instanceof Error ? error : new Error(String(error)));
  }

  /** Whether the harness may speak now. */
  get hasFloor(): boolean {
    return this.#floor === "harness";
  }

  /** Asks for an operation. Throws HarnessBug when the subject has the floor. */
  call(op: OpName, given: CallArguments): Promise<Answer> {
    this.#takeFloor("call", op);
    return new Promise((answer) => {
      this.#calls.push({ op, answer });
      this.#session.send({ type: "call", op, ...given });
    });
  }

  /** Numbers a new puppet and remembers who drives it. */
  addPuppet(driver: Driver): number {
    this.#drivers.set(++this.#puppets, driver);
    return this.#puppets;
  }

  /** Hands the floor to the subject with an instruction for a puppet; settles at that puppet's next step. */
  instruct(puppet: number, activation: number, instruction: Instruction): Promise<StepOutcome> {
    this.#takeFloor(instruction.type);
    return new Promise((resolve) => {
      this.#steps.set(`${puppet}/${activation}`, resolve);
      this.#session.send(instruction);
    });
  }

  /** Hands the floor back with a puppet's last instruction. */
  finish(message: Extract<FromHarness, { type: "finish" | "raise" }>): void {
    this.#takeFloor(message.type);
    this.#session.send(message);
  }

  /** Ends a spin. */
  halt(): void {
    this.#session.send({ type: "halt" });
  }

  /** Hears what a puppet lets know while the subject has the floor; gives the release. */
  onNotice(puppet: number, listener: () => void): () => void {
    this.#onNotice.set(puppet, listener);
    return () => {
      this.#onNotice.delete(puppet);
    };
  }

  /** Sends a real SIGINT. Throws HarnessBug while the harness has the floor: the subject is then blocked in a read. */
  interrupt(): void {
    if (this.hasFloor) {
      throw new HarnessBug(
        "expected the subject to be running, got a SIGINT while the harness has the floor; interrupt while a puppet spins, awaits or has finished",
      );
    }
    this.#session.interrupt();
  }

  /** Settles when the subject's loop waits for events. */
  idle(): Promise<void> {
    return this.#session.idle();
  }

  #takeFloor(what: string, op = ""): void {
    if (!this.hasFloor) {
      const pending = this.#calls.at(-1)?.op ?? "nothing";
      throw new HarnessBug(
        `expected to have the floor for ${`${what} ${op}`.trim()}, but the subject has it (innermost call: ${pending}); await the call before making another`,
      );
    }
    this.#floor = "subject";
  }

  #receive(message: FromAdapter): void {
    if (message.type === "notice") {
      this.#onNotice.get(message.puppet)?.();
      return;
    }
    if (this.#floor === "harness") {
      this.fail(
        new OutOfTurn(
          `expected silence while the harness has the floor, got ${message.type}; wait for the next instruction`,
        ),
      );
      return;
    }
    this.#floor = "harness";
    if (message.type === "step") this.#stepped(message);
    else this.#answered(message);
  }

  #stepped({ puppet, activation, outcome }: Extract<FromAdapter, { type: "step" }>): void {
    const key = `${puppet}/${activation}`;
    if ("started" in outcome) {
      this.#start(puppet, activation, outcome.started);
      return;
    }
    const resolve = this.#steps.get(key);
    this.#steps.delete(key);
    if (resolve === undefined)
      this.fail(
        new OutOfTurn(
          `expected no outcome from puppet ${puppet}, activation ${activation}, which was told nothing; say started first, and one outcome per instruction`,
        ),
      );
    else resolve(outcome);
  }

  #start(puppet: number, activation: number, args: readonly Value[]): void {
    const driver = this.#drivers.get(puppet);
    const key = `${puppet}/${activation}`;
    if (driver === undefined) {
      this.fail(
        new OutOfTurn(
          `expected a step of a puppet that was named, got puppet ${puppet}; use the numbers the harness sends`,
        ),
      );
    } else if (this.#started.has(key)) {
      this.fail(
        new OutOfTurn(
          `expected puppet ${puppet} to start once, got a second start of activation ${activation}; count the calls of a function, and start anything else once`,
        ),
      );
    } else {
      this.#started.add(key);
      driver(activation, args);
    }
  }

  #answered(message: FromAdapter): void {
    const call = this.#calls.pop();
    if (call === undefined) {
      this.fail(new OutOfTurn(`expected no answer, got ${message.type}: nothing was asked`));
      return;
    }
    switch (message.type) {
      case "returned":
      case "raised":
        call.answer(message);
        break;
      case "unsupported":
      case "adapter-error":
        call.answer({ ...message, op: call.op });
        break;
      case "hello":
      case "opened":
      case "step":
      case "notice":
      case "closed":
      case "died":
        this.fail(new OutOfTurn(`expected an answer to ${call.op}, got ${message.type}`));
    }
  }
}
