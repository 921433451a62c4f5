import { Runner } from "../../reference/runner";
import { result } from "../../spec/families/result";
import type { Fault } from "./fault";
import { patch } from "./patch";

/** So wrong that a self-test which does not find it out is void. */
export const controlFault: Fault = {
  name: "control-runs-nothing",
  does: "returns None from every run and runs nothing",
  breaks: result["run-returns-the-object"],
  says: /expected null to equal object#\d+/,
  inject: ({ api }) => {
    patch(api, "run", () => () => Promise.resolve(null));
    patch(Runner.prototype, "run", () => () => Promise.resolve(null));
  },
};
