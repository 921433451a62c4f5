import { randomBytes } from "node:crypto";
import { arch, platform, release } from "node:os";

import { digestOf } from "../judge/digest";
import type { Selection, Shard } from "../judge/plan";
import { declaredTests } from "../judge/suite";
import type { Provenance } from "../report/model";
import { packageVersion } from "./package-version";

/** What is the same for all subjects of a run that begins now and judges `selection`, which `shard` has narrowed. */
export function provenanceOf(
  command: readonly string[],
  { partial }: Selection,
  shard: Shard | undefined,
): Provenance {
  return {
    version: packageVersion(),
    catalogue: digestOf(declaredTests()),
    command,
    host: { platform: platform(), arch: arch(), release: release(), node: process.version },
    startedAt: new Date(),
    nonce: randomBytes(8).toString("hex"),
    partial,
    ...(shard === undefined ? {} : { shard }),
    complete: true,
  };
}
