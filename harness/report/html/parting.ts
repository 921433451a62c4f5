/** Where one sequence and the one most like it go apart. */
export interface Fork {
  /** The first place at which they differ; may be the end of the shorter one. */
  readonly at: number;
  /** Which sequence it was compared with. */
  readonly other: number;
}

/** For each sequence, where it parts from the different one it shares most with; undefined when all are equal. */
export function forks(sequences: readonly (readonly string[])[]): readonly (Fork | undefined)[] {
  const byContent = new Map(sequences.map((sequence, index) => [keyOf(sequence), index]));
  // In order, the sequence that shares most with another one is its neighbour.
  const inOrder = [...byContent].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, index]) => index);
  const forkOf = new Map(
    inOrder.map((index, place) => {
      const neighbours = [inOrder[place - 1], inOrder[place + 1]].filter((it) => it !== undefined);
      const candidates = neighbours.map((other) => ({
        at: sharedLength(sequences[index] ?? [], sequences[other] ?? []),
        other,
      }));
      return [keyOf(sequences[index] ?? []), longestOf(candidates)] as const;
    }),
  );
  return sequences.map((sequence) => forkOf.get(keyOf(sequence)));
}

const keyOf = (sequence: readonly string[]): string => sequence.join("\0");

function sharedLength(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((item, index) => item !== b[index]);
  return different === -1 ? a.length : different;
}

const longestOf = (candidates: readonly Fork[]): Fork | undefined =>
  [...candidates].sort((a, b) => b.at - a.at)[0];
