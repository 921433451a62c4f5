import type { Verdict } from "../../judge/verdict";
import type { Evidence } from "../evidence";
import { wantedBy, type Parts } from "../program";
import { seenNames } from "../setting";
import type { Shown } from "../shown";
import type { HelperName } from "./helpers";
import { indented, scalar, text } from "./literals";

/** The end of a program, and the helpers it needs. */
export interface Conclusion {
  readonly lines: readonly string[];
  readonly helpers: readonly HelperName[];
}

/** What came out, what was expected, and whether that is the failure; `starting` gets hold of the subject. */
export function conclusion(
  parts: Parts,
  verdict: Verdict,
  starting: readonly string[],
): Conclusion {
  const { evidence } = parts.setting;
  switch (evidence.kind) {
    case "values":
      return {
        lines: program(valueLines(parts, verdict, evidence), { starting }),
        helpers: ["classesOf", "same", "shown"],
      };
    case "trace":
      return {
        lines: program(traceLines(parts, verdict), {
          starting,
          derailed: ['saw("script", error);'],
        }),
        helpers: ["saw"],
      };
    case "hang":
      return {
        lines: program(['console.log("seen:     an end");', "const failed = false;"], {
          starting: [
            'console.log("expected: an end; if this hangs, the stack follows after 10 s");',
            "new Worker(watchdog, { eval: true }).unref();",
            ...starting,
          ],
        }),
        helpers: ["watchdog"],
      };
    case "crash":
      return {
        lines: program(['console.log("seen:     no crash");', "const failed = false;"], {
          starting: ['console.log("expected: an end other than a crash");', ...starting],
          drained: "process.exit(1)",
        }),
        helpers: [],
      };
  }
}

interface Frame {
  readonly starting: readonly string[];
  /** What is done where the script raises; absent means nothing. */
  readonly derailed?: readonly string[];
  /** What is done where nothing is left to do and the script has not ended; absent means to conclude. */
  readonly drained?: string;
}

function program(
  told: readonly string[],
  { starting, derailed = [], drained = "conclude()" }: Frame,
): readonly string[] {
  return [
    "/** Tells what came out and ends the process. */",
    "function conclude() {",
    ...indented(told),
    '  console.log(failed ? "this is the failure" : "this is not the failure");',
    "  process.exit(failed ? 1 : 0);",
    "}",
    "",
    "async function start() {",
    ...indented(starting),
    "  // Where nothing is left to do, and the script has not ended.",
    `  process.once("beforeExit", () => ${drained});`,
    "  try {",
    "    await script();",
    "  } catch (error) {",
    ...indented(indented(derailed)),
    "    console.log(`the script ended with ${error?.name}: ${error?.message}`);",
    "  }",
    "  conclude();",
    "}",
    "",
  ];
}

function valueLines(
  { setting }: Parts,
  verdict: Verdict,
  { asList, failsWhen }: Extract<Evidence, { kind: "values" }>,
): readonly string[] {
  const names = seenNames(setting);
  const value = asList ? `[${names.join(", ")}]` : (names[0] ?? "seen");
  const literal = (shown: Shown): string => literalOf(shown, setting.cast);
  const [expected, failed] = ((): readonly [string, string] => {
    switch (failsWhen.type) {
      case "differs":
        return [`shown(${literal(failsWhen.from)})`, `!same(${value}, ${literal(failsWhen.from)})`];
      case "equals":
        return [text(wantedBy(verdict)), `same(${value}, ${literal(failsWhen.value)})`];
      case "is-not-a":
        return [
          text(failsWhen.name),
          `!(${value} instanceof Error && classesOf(${value}).includes(${text(failsWhen.name)}))`,
        ];
      case "is-returned":
        return ['"an exception"', `!(${value} instanceof Error)`];
      case "is-raised":
        return ['"no exception"', `${value} instanceof Error`];
    }
  })();
  return [
    `const reached = ![${names.join(", ")}].includes(nothing);`,
    `console.log("seen:    ", reached ? shown(${value}) : "something else before it came to that");`,
    `console.log("expected:", ${expected});`,
    `const failed = reached && ${failed};`,
  ];
}

function traceLines({ recorded }: Parts, verdict: Verdict): readonly string[] {
  return [
    "const failing = [",
    ...recorded.map((note) => `  ${text(note)},`),
    "];",
    'console.log(`seen:     ${events.join("\\n          ")}`);',
    `console.log("expected:", ${text(wantedBy(verdict))});`,
    "const failed = events.length === failing.length && events.every((note, i) => note === failing[i]);",
  ];
}

/** A value as a program writes it. */
function literalOf(shown: Shown, cast: Parts["setting"]["cast"]): string {
  switch (shown.type) {
    case "scalar":
      return scalar(shown.value);
    case "reference":
      return cast.things.get(shown.ref)?.name ?? "null";
    case "puppet":
      return cast.objects.get(shown.puppet) ?? cast.bodies.get(shown.puppet) ?? "null";
    case "list":
      return `[${shown.items.map((item) => literalOf(item, cast)).join(", ")}]`;
  }
}
