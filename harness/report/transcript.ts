import type { FromAdapter, FromHarness, StepOutcome } from "../protocol/messages";
import type { Value } from "../protocol/values";
import type { TranscriptEntry } from "../session/session";

/** One thing that happened in a conversation. */
export interface Told {
  /** Milliseconds since the session was opened. */
  readonly at: number;
  readonly text: string;
}

/** A conversation in lines for people: who did what, and what came of it. */
export const transcriptLines = (transcript: readonly TranscriptEntry[]): readonly string[] =>
  told(transcript).map(({ at, text }) => `${at.toFixed(0).padStart(6)} ms  ${text}`);

/** The same with the times apart. */
export function told(transcript: readonly TranscriptEntry[]): readonly Told[] {
  const narrator = new Narrator();
  const lines: { at: number; text: string; times: number }[] = [];
  for (const entry of transcript) {
    const text = narrator.tell(entry.message);
    const last = lines.at(-1);
    if (text === undefined) continue;
    if (last?.text === text) last.times += 1;
    else lines.push({ at: entry.at, text, times: 1 });
  }
  return lines.map(({ at, text, times }) => ({
    at,
    text: times === 1 ? text : `${text} (${times} times)`,
  }));
}

/** Keeps what single messages leave out: which puppet has the floor, which call is answered, what a puppet is. */
class Narrator {
  readonly #calls: { readonly called: string; readonly by: number | undefined }[] = [];
  readonly #kinds = new Map<number, string>();
  #puppet: number | undefined;

  /** What a message says; undefined when it is not worth a line. */
  tell(message: TranscriptEntry["message"]): string | undefined {
    if ("signal" in message && !("type" in message)) return `harness sends ${message.signal}`;
    return this.#said(message);
  }

  #said(message: FromHarness | FromAdapter): string | undefined {
    switch (message.type) {
      case "call":
        return this.#called(message);
      case "await":
        return `${this.#current()} awaits ${this.#value(message.value)}`;
      case "yield":
        return `${this.#current()} yields ${this.#value(message.value)}`;
      case "spin":
        return `${this.#current()} spins`;
      case "halt":
        return `${this.#current()} is told to stop spinning`;
      case "finish":
        return `${this.#current()} returns ${this.#value(message.value)}`;
      case "raise":
        return `${this.#current()} raises ${this.#value(message.exception)}`;
      case "returned":
        return `${this.#answered()} returned ${this.#value(message.value)}`;
      case "raised":
        return `${this.#answered()} raised ${this.#value(message.exception)}`;
      case "unsupported":
        return `${this.#answered()} is unsupported: ${message.reason}`;
      case "adapter-error":
        return `${this.#answered()} could not be tried: ${message.message}`;
      case "step":
        return this.#stepped(message.puppet, message.outcome);
      case "notice":
        return `${this.#name(message.puppet)} is spinning`;
      case "opened":
        return `session begins in process ${message.pid}`;
      case "died":
        return `session ends by ${message.signal ?? `exit status ${message.code ?? "unknown"}`}`;
      case "close":
        return "harness ends the session";
      case "open":
      case "closed":
      case "hello":
        return undefined;
    }
  }

  #called({ op, on, args, kwargs }: Extract<FromHarness, { type: "call" }>): string {
    const method = op.slice(op.lastIndexOf(".") + 1);
    const called = on === undefined ? op : `${this.#value(on)}.${method}`;
    const given = [
      ...(args ?? []).map((arg) => this.#value(arg)),
      ...Object.entries(kwargs ?? {}).map(([name, value]) => `${name}=${this.#value(value)}`),
    ];
    const by = this.#puppet;
    this.#calls.push({ called, by });
    return `${by === undefined ? "harness" : this.#current()} calls ${called}(${given.join(", ")})`;
  }

  #answered(): string {
    const call = this.#calls.pop();
    this.#puppet = call?.by;
    return call?.called ?? "something nobody asked for";
  }

  #stepped(puppet: number, outcome: StepOutcome): string {
    this.#puppet = puppet;
    const name = this.#name(puppet);
    if ("started" in outcome) {
      const args = outcome.started.map((arg) => this.#value(arg)).join(", ");
      return `${name} starts${args === "" ? "" : ` with ${args}`}`;
    }
    return "raised" in outcome
      ? `${name} gets ${this.#value(outcome.raised)} raised`
      : `${name} goes on with ${this.#value(outcome.returned)}`;
  }

  #current(): string {
    return this.#puppet === undefined ? "a puppet" : this.#name(this.#puppet);
  }

  #name(puppet: number): string {
    return `${this.#kinds.get(puppet) ?? "puppet"} ${puppet}`;
  }

  #value(value: Value): string {
    if (value === null) return "None";
    if (value === true) return "True";
    if (value === false) return "False";
    if (typeof value !== "object") return shortened(JSON.stringify(value));
    if (isList(value)) return `[${value.map((item) => this.#value(item)).join(", ")}]`;
    if ("puppet" in value) {
      this.#kinds.set(value.puppet, value.kind);
      return `${value.kind} ${value.puppet}`;
    }
    if ("map" in value) {
      const pairs = Object.entries(value.map).map(([key, item]) => `${key}: ${this.#value(item)}`);
      return `{${pairs.join(", ")}}`;
    }
    if (!("type" in value)) return `${value.kind}#${value.ref}`;
    return value.message === "" ? value.type : shortened(`${value.type}(${value.message})`);
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const shortened = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);
