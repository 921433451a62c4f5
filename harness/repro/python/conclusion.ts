import type { Verdict } from "../../judge/verdict";
import type { Cast } from "../cast";
import type { Evidence } from "../evidence";
import { wantedBy } from "../program";
import type { Shown } from "../shown";
import { scalar, text } from "./literals";
import { exceptionClass } from "./operations";

interface Facts {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly cast: Cast;
  /** The notes of the failing run. */
  readonly recorded: readonly string[];
}

/** The end of a program: what came out, what was expected, and whether that is the failure. */
export function conclusion(facts: Facts): readonly string[] {
  switch (facts.evidence.kind) {
    case "values":
      return program(valueLines(facts, facts.evidence), []);
    case "trace":
      return program(traceLines(facts), ['    saw("script", error)']);
    case "hang":
      return [
        'print("expected: an end; if this hangs, the stack follows after 10 s", flush=True)',
        "faulthandler.dump_traceback_later(10, exit=True)",
        ...program(['print("seen:     an end")', "failed = False"], []),
      ];
    case "crash":
      return [
        'print("expected: an end other than a crash", flush=True)',
        ...program(['print("seen:     no crash")', "failed = False"], []),
      ];
  }
}

function program(told: readonly string[], derailed: readonly string[]): readonly string[] {
  return [
    "def conclude():",
    '    """Tells what came out and ends the process."""',
    ...told.map((line) => `    ${line}`),
    '    print("this is the failure" if failed else "this is not the failure")',
    "    sys.stdout.flush()",
    "    os._exit(1 if failed else 0)",
    "",
    "",
    "try:",
    "    script()",
    "except BaseException as error:",
    ...derailed,
    '    print("the script ended with %s: %s" % (type(error).__name__, error))',
    "conclude()",
  ];
}

function valueLines(
  { verdict, cast }: Facts,
  { actions, asList, failsWhen }: Extract<Evidence, { kind: "values" }>,
): readonly string[] {
  const names = actions.length === 1 ? ["seen"] : actions.map((_, index) => `seen_${index + 1}`);
  const value = asList ? `[${names.join(", ")}]` : (names[0] ?? "seen");
  const [expected, failed] = ((): readonly [string, string] => {
    switch (failsWhen.type) {
      case "differs": {
        const wanted = literal(failsWhen.from, cast);
        const one = failsWhen.from.type === "reference" || failsWhen.from.type === "puppet";
        return [`repr(${wanted})`, `${value} ${one ? "is not" : "!="} ${wanted}`];
      }
      case "equals": {
        return [text(wantedBy(verdict)), `${value} == ${literal(failsWhen.value, cast)}`];
      }
      case "is-not-a": {
        const name = exceptionClass(failsWhen.name);
        const wanted =
          failsWhen.name === "PrivateBaseException"
            ? `"${name}" not in [base.__name__ for base in type(${value}).__mro__]`
            : `not isinstance(${value}, ${name})`;
        return [text(failsWhen.name), wanted];
      }
      case "is-returned":
        return ['"an exception"', `not isinstance(${value}, BaseException)`];
      case "is-raised":
        return ['"no exception"', `isinstance(${value}, BaseException)`];
    }
  })();
  return [
    `reached = not any(value is NOTHING for value in (${names.join(", ")},))`,
    `print("seen:    ", repr(${value}) if reached else "something else before it came to that")`,
    `print("expected:", ${expected})`,
    `failed = reached and ${failed}`,
  ];
}

function traceLines({ verdict, recorded }: Facts): readonly string[] {
  return [
    `failing = [`,
    ...recorded.map((note) => `    ${text(note)},`),
    "]",
    String.raw`print("seen:     " + "\n          ".join(events))`,
    `print("expected:", ${text(wantedBy(verdict))})`,
    "failed = events == failing",
  ];
}

/** A value as a program writes it. */
function literal(shown: Shown, cast: Cast): string {
  switch (shown.type) {
    case "scalar":
      return scalar(shown.value);
    case "reference":
      return cast.things.get(shown.ref)?.name ?? "None";
    case "puppet":
      return cast.objects.get(shown.puppet) ?? cast.bodies.get(shown.puppet) ?? "None";
    case "list":
      return `[${shown.items.map((item) => literal(item, cast)).join(", ")}]`;
  }
}
