import type { Fault } from "./fault";
import { firstInterruptFaults } from "./interrupt-first";
import { laterInterruptFaults } from "./interrupt-later";
import { interruptOutcomeFaults } from "./interrupt-outcome";

/** Wrong about Ctrl-C. */
export const interruptFaults: readonly Fault[] = [
  ...firstInterruptFaults,
  ...interruptOutcomeFaults,
  ...laterInterruptFaults,
];
