import type { Implementation } from "../../harness/adapters/node/implementation";
import referenceSubject from "../../reference/conformance-subject";
import { rulesOf } from "../../reference/editions";
import { runners } from "../../reference/runners";
import { newestEdition, type Edition } from "../../spec/editions";
import { controlFault } from "./control-fault";
import { everyFault } from "./every-fault";
import { faultVariable } from "./fault";

/** The reference with the fault that the environment names, for the Node adapter; without one it is whole. */
export default function subject(edition: Edition = newestEdition): Implementation {
  const whole = referenceSubject(edition) as Implementation;
  const name = process.env[faultVariable];
  if (name === undefined) return whole;
  const fault = [controlFault, ...everyFault].find((known) => known.name === name);
  if (fault === undefined || !("inject" in fault)) {
    throw new Error(`expected a fault in the reference, got ${name}`);
  }
  const operations = { ...whole.operations };
  const atEnd: (() => void)[] = [];
  fault.inject({ edition, rules: rulesOf(edition), api: runners(edition), operations, atEnd });
  const cleanUp = () => {
    for (const forget of atEnd) forget();
    return whole.cleanUp?.() ?? [];
  };
  return { ...whole, name: fault.name, operations, cleanUp };
}
