import { argument } from "./families/argument";
import { asyncGenerators } from "./families/async-generators";
import { close } from "./families/close";
import { context } from "./families/context";
import { currentLoop } from "./families/current-loop";
import { debug } from "./families/debug";
import { executor } from "./families/executor";
import { interrupt } from "./families/interrupt";
import { interruptHandler } from "./families/interrupt-handler";
import { lazyInitialisation } from "./families/lazy-initialisation";
import { leftoverTasks } from "./families/leftover-tasks";
import { loopFactory } from "./families/loop-factory";
import { loopLifecycle } from "./families/loop-lifecycle";
import { result } from "./families/result";
import { runningLoop } from "./families/running-loop";
import { severalRuns } from "./families/several-runs";
import { signature } from "./families/signature";
import { threads } from "./families/threads";
import type { Family, Requirement } from "./requirement";

/** Every family, in the order of reports. */
const families: readonly Family[] = [
  result,
  argument,
  signature,
  runningLoop,
  loopLifecycle,
  currentLoop,
  leftoverTasks,
  asyncGenerators,
  executor,
  debug,
  loopFactory,
  lazyInitialisation,
  context,
  severalRuns,
  close,
  threads,
  interrupt,
  interruptHandler,
];

/** Every requirement, in the order of reports. */
export const requirements: readonly Requirement[] = families.flatMap((family) =>
  Object.values(family),
);

/** The names of the families, in the order of reports. */
export const familyNames: readonly string[] = [
  ...new Set(requirements.map((requirement) => requirement.family)),
];

/** The requirement of that id, if there is one. */
export const requirementOf = (id: string): Requirement | undefined => byId.get(id);

const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));
