import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Something jobs in other threads wait for: a file that does not exist yet. */
export interface Gate {
  readonly path: string;
  open(): void;
}

/** The gates of one session; `remove` deletes them. */
export class Gates {
  #folder: string | undefined;
  #count = 0;

  make(): Gate {
    this.#folder ??= mkdtempSync(join(tmpdir(), "runner-conformance-"));
    const path = join(this.#folder, `gate-${++this.#count}`);
    return {
      path,
      open: () => {
        writeFileSync(path, "");
      },
    };
  }

  remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
