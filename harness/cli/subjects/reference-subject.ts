import { nodeAdapter, nodeAdapterScript, referenceModule } from "../../adapters/node/launch";
import { editionNamed } from "../edition-option";
import { UsageError } from "../../usage-error";
import type { SubjectKind } from "./parse";

/** `reference` or `reference@EDITION`: the runner of this package, as that edition wants it. */
export const referenceSubject: SubjectKind = (rest) => {
  const [script, module] = [nodeAdapterScript(), referenceModule()];
  if (script === undefined || module === undefined) {
    throw new UsageError(
      "expected a subject this version can drive, got reference: the reference runner is not part of it yet",
    );
  }
  if (rest === "") return { command: nodeAdapter(script, module) };
  const edition = editionNamed(rest);
  return { command: nodeAdapter(script, module, ["--edition", edition]), edition };
};

/** Whether this build has a reference runner to judge. */
export const hasReference = (): boolean =>
  nodeAdapterScript() !== undefined && referenceModule() !== undefined;
