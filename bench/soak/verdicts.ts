/** What one repetition found: outcome and message by subject and test. */
export type Verdicts = ReadonlyMap<string, { readonly outcome: string; readonly message: string }>;

interface Results {
  readonly subjects: readonly {
    readonly subject: string;
    readonly requirements: readonly {
      readonly tests: readonly {
        readonly title: string;
        readonly outcome: string;
        readonly message?: string;
      }[];
    }[];
  }[];
}

/** The verdicts in the text of a `run --json`. */
export function verdictsOf(text: string): Verdicts {
  const { subjects } = JSON.parse(text) as Results;
  return new Map(
    subjects.flatMap(({ subject, requirements }) =>
      requirements
        .flatMap(({ tests }) => tests)
        .map(({ title, outcome, message = "" }) => [`${subject}: ${title}`, { outcome, message }]),
    ),
  );
}

/** Every verdict that was not the same in all repetitions, in words; the rarest outcome tells what it said. */
export function changesOf(repetitions: readonly Verdicts[]): readonly string[] {
  const names = new Set(repetitions.flatMap((verdicts) => [...verdicts.keys()]));
  return [...names].flatMap((name) => {
    const outcomes = repetitions.map((verdicts) => verdicts.get(name)?.outcome ?? "missing");
    const counts = [...new Set(outcomes)]
      .map((outcome) => ({ outcome, times: outcomes.filter((it) => it === outcome).length }))
      .sort((a, b) => b.times - a.times);
    if (counts.length < 2) return [];
    const rarest = outcomes.indexOf(counts.at(-1)?.outcome ?? "");
    const message = repetitions[rarest]?.get(name)?.message ?? "";
    return [
      `${name}\n  ${counts.map(({ outcome, times }) => `${outcome} ${times} times`).join(", ")}`,
      `  in repetition ${rarest + 1}: ${message === "" ? "no message" : message}`,
    ].join("\n");
  });
}
