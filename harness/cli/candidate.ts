import type { Candidate } from "../judge/subject-run";
import { Adapter, type AdapterOptions } from "../session/adapter";
import type { SubjectSpec } from "../subject-spec";

/** A subject whose first adapter can be started before anybody needs it. */
export interface PreparedCandidate extends Candidate {
  /** The file that says what is expected of it; absent means that nothing is. */
  readonly expectations: string | undefined;
  /** Starts an adapter now, for whoever calls `start` first. */
  prepare(): void;
}

/** A subject as the scheduler wants it. */
export function candidateOf(
  spec: SubjectSpec,
  options: AdapterOptions,
  edition = spec.edition,
): PreparedCandidate {
  let prepared: Promise<Adapter> | undefined;
  return {
    name: spec.name,
    edition,
    expectations: spec.expectations,
    mayHang: spec.mayHang ?? false,
    prepare: () => {
      prepared = Adapter.start(spec.command, options);
      // Told to whoever calls `start`.
      prepared.catch(() => undefined);
    },
    start: () => {
      const adapter = prepared ?? Adapter.start(spec.command, options);
      prepared = undefined;
      return adapter;
    },
  };
}
