import type { Instruction, Outcome, Script } from "./implementation";
import { isPromise, type Requests } from "./requests";
import type { Values } from "./values";
import type { Frame, Wire } from "./wire";

const msBetweenBeats = 5;

/** Makes the scripts of puppets: at each point they tell the harness what happened and obey what it says. */
export class Scripts {
  readonly #wire: Wire;
  readonly #values: () => Values;
  readonly #requests: Requests;

  constructor(wire: Wire, values: () => Values, requests: Requests) {
    this.#wire = wire;
    this.#values = values;
    this.#requests = requests;
  }

  /** The script of puppet `number`; each `begin` is another activation. */
  script(number: number): Script {
    let activations = 0;
    return {
      begin: () => {
        const activation = ++activations;
        let asked: ((outcome: Outcome) => Frame) | undefined;
        return {
          next: (outcome) => {
            const report = asked ?? ((seen: Outcome) => this.#step(number, activation, seen));
            asked = undefined;
            this.#wire.send(report(outcome));
            return this.#obey(number, activation, (answer) => {
              asked = answer;
            });
          },
        };
      },
    };
  }

  /** Reads instructions until one gives the thread back. `later` is told how to answer a call that has to be awaited. */
  #obey(
    number: number,
    activation: number,
    later: (answer: (outcome: Outcome) => Frame) => void,
  ): Instruction {
    for (;;) {
      const frame = this.#wire.receive();
      switch (frame.type) {
        case "call": {
          const answer = this.#requests.answer(frame);
          if (!isPromise(answer)) {
            this.#wire.send(answer);
            break;
          }
          later((outcome) =>
            "returned" in outcome ? (outcome.returned as Frame) : never(outcome),
          );
          return { do: "await", value: answer };
        }
        case "spin":
          this.#spin(number);
          this.#wire.send(this.#step(number, activation, { returned: null }));
          break;
        case "await":
        case "yield":
          return { do: frame.type, value: this.#values().decode(frame["value"]) };
        case "finish":
          return { do: "return", value: this.#values().decode(frame["value"]) };
        case "raise":
          return { do: "throw", error: this.#values().decode(frame["exception"]) };
        default:
          this.#wire.send({
            type: "adapter-error",
            message: `expected an instruction for puppet ${number}, got ${frame.type}`,
          });
      }
    }
  }

  #step(puppet: number, activation: number, outcome: Outcome): Frame {
    const values = this.#values();
    const told =
      "started" in outcome
        ? { started: outcome.started.map((arg) => values.encode(arg)) }
        : "returned" in outcome
          ? { returned: values.encode(outcome.returned) }
          : { raised: values.exception(outcome.raised) };
    return { type: "step", puppet, activation, outcome: told };
  }

  /**
   * User code that never yields, until the harness ends it. A loop that called nothing but Node's functions would have
   * to wait for its optimisation before V8 finds it, and not one of those, where it looks for interrupts.
   */
  #spin(puppet: number): void {
    for (let beat = 0; ;) {
      if (!isDue(beat)) continue;
      beat = performance.now() + msBetweenBeats;
      this.#wire.send({ type: "notice", puppet, event: "spinning" });
      if (this.#wire.look() !== undefined) return;
    }
  }
}

const isDue = (time: number): boolean => performance.now() >= time;

/** An awaited answer cannot fail: it is a frame either way. */
function never(outcome: Outcome): Frame {
  const why = "raised" in outcome ? String(outcome.raised) : "nothing";
  return { type: "adapter-error", message: `expected an answer, got ${why}` };
}

/** Runs a script as a plain function: what cannot wait refuses to. */
export function runSync(script: Script, args: readonly unknown[]): unknown {
  const { next } = script.begin();
  for (let outcome: Outcome = { started: args }; ;) {
    const instruction = next(outcome);
    if (instruction.do === "return") return instruction.value;
    if (instruction.do === "throw") throw instruction.error;
    outcome = { raised: new TypeError("a plain function cannot wait here") };
  }
}

/** Runs a script as an async function: for functions that the adapter itself calls. */
export async function runAsync(script: Script, args: readonly unknown[]): Promise<unknown> {
  const { next } = script.begin();
  for (let outcome: Outcome = { started: args }; ;) {
    const instruction = next(outcome);
    if (instruction.do === "return") return instruction.value;
    if (instruction.do === "throw") throw instruction.error;
    try {
      outcome = { returned: await instruction.value };
    } catch (raised) {
      outcome = { raised };
    }
  }
}
