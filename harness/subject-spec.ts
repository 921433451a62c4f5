import type { Edition } from "../spec/editions";
import type { AdapterCommand } from "./session/command";

/** A subject as somebody named it. */
export interface SubjectSpec {
  /** A subject string, or a name of the configuration: what to write to get this subject again. */
  readonly name: string;
  /** What starts its adapter. */
  readonly command: AdapterCommand;
  /** The edition it is to be judged by; absent means the last one it claims. */
  readonly edition?: Edition;
  /** The file that says what is expected of it; absent means that nothing is. */
  readonly expectations?: string;
  /** Whether it may hang a lot, so that it should begin early. Absent means no. */
  readonly mayHang?: boolean;
}
