import type { Fault } from "./fault";
import { argumentFaults } from "./argument";
import { asyncGeneratorsFaults } from "./async-generators";
import { closeFaults } from "./close";
import { contextFaults } from "./context";
import { currentLoopFaults } from "./current-loop";
import { debugFaults } from "./debug";
import { executorFaults } from "./executor";
import { interruptFaults } from "./interrupt";
import { interruptHandlerFaults } from "./interrupt-handler";
import { lazyInitialisationFaults } from "./lazy-initialisation";
import { leftoverTasksFaults } from "./leftover-tasks";
import { loopFactoryFaults } from "./loop-factory";
import { loopLifecycleFaults } from "./loop-lifecycle";
import { resultFaults } from "./result";
import { runningLoopFaults } from "./running-loop";
import { severalRunsFaults } from "./several-runs";
import { signatureFaults } from "./signature";
import { threadsFaults } from "./threads";

/** All faults, in the order of the catalogue. */
export const everyFault: readonly Fault[] = [
  ...resultFaults,
  ...argumentFaults,
  ...signatureFaults,
  ...runningLoopFaults,
  ...loopLifecycleFaults,
  ...currentLoopFaults,
  ...leftoverTasksFaults,
  ...asyncGeneratorsFaults,
  ...executorFaults,
  ...debugFaults,
  ...loopFactoryFaults,
  ...lazyInitialisationFaults,
  ...contextFaults,
  ...severalRunsFaults,
  ...closeFaults,
  ...threadsFaults,
  ...interruptFaults,
  ...interruptHandlerFaults,
];
