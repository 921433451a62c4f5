import type * as Discover from "../adapters/python/discover";
import type * as ResultWriting from "../results/writer";
import type * as Gate from "./gate";
import type * as Judging from "./judging";
import type * as Config from "./subjects/config";
import type * as Baseline from "./verbs/baseline";
import type * as Diff from "./verbs/diff";
import type * as RealSubject from "./subjects/real-subject";
import type * as Doctor from "./verbs/doctor";
import type * as Init from "./verbs/init";
import type * as List from "./verbs/list";
import type * as Merge from "./verbs/merge";
import type * as Report from "./verbs/report";
import type * as Repro from "./verbs/repro";
import type * as Run from "./verbs/run";
import type * as Show from "./verbs/show";
import type * as Subjects from "./verbs/subjects";

// import() goes through Node's loader for ES modules, which knows neither extensionless names nor, under ts-node, .ts.
/* eslint-disable @typescript-eslint/no-require-imports */

/** What is loaded only by those who need it: the first verdict must not wait for it. */
export const lazily = {
  discover: () => require("../adapters/python/discover") as typeof Discover,
  judging: () => require("./judging") as typeof Judging,
  config: () => require("./subjects/config") as typeof Config,
  resultWriter: () => require("../results/writer") as typeof ResultWriting,
  gate: () => require("./gate") as typeof Gate,
  baseline: () => require("./verbs/baseline") as typeof Baseline,
  realSubject: () => require("./subjects/real-subject") as typeof RealSubject,
  run: () => require("./verbs/run") as typeof Run,
  report: () => require("./verbs/report") as typeof Report,
  merge: () => require("./verbs/merge") as typeof Merge,
  diff: () => require("./verbs/diff") as typeof Diff,
  init: () => require("./verbs/init") as typeof Init,
  list: () => require("./verbs/list") as typeof List,
  show: () => require("./verbs/show") as typeof Show,
  repro: () => require("./verbs/repro") as typeof Repro,
  subjects: () => require("./verbs/subjects") as typeof Subjects,
  doctor: () => require("./verbs/doctor") as typeof Doctor,
};
