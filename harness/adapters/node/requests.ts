import type { Operation } from "./implementation";
import { Senseless, type Values } from "./values";
import type { Frame } from "./wire";

/** The subject has no such thing; answered with `unsupported`. */
export class Missing extends Error {
  override readonly name = "Missing";
}

/** Executes calls of the harness's and makes their answers. */
export class Requests {
  readonly #operations: Readonly<Record<string, Operation>>;
  readonly #values: () => Values;

  constructor(operations: Readonly<Record<string, Operation>>, values: () => Values) {
    this.#operations = operations;
    this.#values = values;
  }

  /** The answer to a call, or a promise of it where the operation takes its time. Never throws or rejects. */
  answer(frame: Frame): Frame | Promise<Frame> {
    try {
      const result = this.#execute(frame);
      if (!isPromise(result)) return this.#returned(result);
      return result.then(
        (value) => this.#returned(value),
        (error: unknown) => this.#failed(error),
      );
    } catch (error) {
      return this.#failed(error);
    }
  }

  #execute(frame: Frame): unknown {
    const op = String(frame["op"]);
    const operation = this.#operations[op];
    if (operation === undefined) throw new Missing(`the implementation has no ${op}`);
    const values = this.#values();
    return operation({
      on: values.decode(frame["on"] ?? null),
      args: ((frame["args"] as unknown[] | undefined) ?? []).map((arg) => values.decode(arg)),
      kwargs: values.decode({ map: frame["kwargs"] ?? {} }) as Record<string, unknown>,
    });
  }

  #returned(value: unknown): Frame {
    return {
      type: "returned",
      value: value instanceof Encoded ? value.value : this.#values().encode(value),
    };
  }

  #failed(error: unknown): Frame {
    if (error instanceof Missing) return { type: "unsupported", reason: error.message };
    if (error instanceof Senseless) return { type: "adapter-error", message: error.message };
    if (error instanceof EncodedFailure) return { type: "raised", exception: error.exception };
    return { type: "raised", exception: this.#values().exception(error) };
  }
}

/** A value that another thread has encoded already. */
export class Encoded {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** An exception that another thread has encoded already. */
export class EncodedFailure extends Error {
  readonly exception: unknown;
  constructor(exception: unknown) {
    super("raised in another thread");
    this.exception = exception;
  }
}

/** Whether something has to be awaited by native means. */
export const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;
