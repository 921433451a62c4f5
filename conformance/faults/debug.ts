import { isDebugMode } from "../../reference/debug-mode";
import { Runner } from "../../reference/runner";
import { debug } from "../../spec/families/debug";
import type { Fault } from "./fault";
import { beforeRun, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about debug mode. */
export const debugFaults: readonly Fault[] = [
  {
    name: "ignores-debug-true",
    does: "takes debug=True for no debug",
    breaks: debug["true-turns-it-on"],
    says: /expected false to equal true/,
    inject: () => {
      takeDebug((wanted) => (wanted === true ? null : wanted));
    },
  },
  {
    name: "debug-without-effect",
    does: "has a debug mode that does not look at the calling thread",
    breaks: debug["true-takes-effect"],
    says: /expected an exception, but undefined was returned/,
    python: { run: "debug_without_effect:run", runner: "debug_without_effect:Runner" },
  },
  {
    name: "ignores-debug-false",
    does: "takes debug=False for no debug",
    breaks: debug["false-turns-it-off"],
    says: /expected true to equal false/,
    inject: () => {
      takeDebug((wanted) => (wanted === false ? null : wanted));
    },
  },
  {
    name: "none-is-false",
    does: "takes no debug for debug=False",
    breaks: debug["none-follows-global"],
    says: /expected false to equal true/,
    alsoBreaks: ["signature"],
    inject: () => {
      takeDebug((wanted) => wanted ?? false);
    },
  },
  {
    name: "follows-the-environment-too-early",
    does: "takes no debug for debug=None before its time",
    breaks: debug["omitted-is-false"],
    says: /expected true to equal false/,
    inject: ({ rules }) => {
      rules.defaultDebug = null;
    },
  },
  {
    name: "sets-debug-in-the-run",
    does: "applies its debug parameter in run(), not when it makes the loop",
    breaks: debug["set-before-the-first-run"],
    says: /expected false to equal true/,
    alsoBreaks: ["signature"],
    inject: () => {
      const wanted = new WeakMap<object, boolean | null>();
      patch(
        Runner.prototype,
        "initialize",
        (initialize) =>
          function (this: Insides) {
            if (!wanted.has(this)) wanted.set(this, this.debug);
            this.debug = null;
            return initialize.call(this) as unknown;
          },
      );
      beforeRun(function () {
        const { loop } = this.initialize();
        const debugMode = wanted.get(this) ?? null;
        wanted.set(this, null);
        if (debugMode !== null) loop.setDebug(debugMode);
      });
    },
  },
  {
    name: "sets-debug-in-every-run",
    does: "applies its debug parameter again in every run",
    breaks: debug["set-once"],
    says: /expected true to equal false/,
    inject: () => {
      beforeRun(function () {
        if (this.debug !== null) this.loop?.setDebug(this.debug);
      });
    },
  },
  {
    name: "leaves-debug-to-the-factory",
    does: "does not apply debug to a loop that a loop factory made",
    breaks: debug["overrules-the-factory"],
    says: /expected false to equal true/,
    inject: () => {
      takeDebug((wanted, factory) => (factory === null ? wanted : null));
    },
  },
  {
    name: "none-overrules-the-factory",
    does: "applies the global setting to a loop that a loop factory made when debug is None",
    breaks: debug["none-leaves-it-to-the-factory"],
    says: /expected false to equal true/,
    inject: () => {
      takeDebug((wanted, factory) => (factory === null ? wanted : (wanted ?? isDebugMode())));
    },
  },
];

/** Changes which debug mode a runner applies when it is initialised. */
function takeDebug(choose: (wanted: boolean | null, factory: unknown) => boolean | null): void {
  patch(
    Runner.prototype,
    "initialize",
    (initialize) =>
      function (this: Insides) {
        if (this.loop === null) this.debug = choose(this.debug, this.loopFactory);
        return initialize.call(this) as unknown;
      },
  );
}
