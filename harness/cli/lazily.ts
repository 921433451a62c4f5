import type * as Discover from "../adapters/python/discover";
import type * as Judging from "./judging";
import type * as Config from "./subjects/config";
import type * as RealSubject from "./subjects/real-subject";
import type * as Doctor from "./verbs/doctor";
import type * as List from "./verbs/list";
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
  realSubject: () => require("./subjects/real-subject") as typeof RealSubject,
  run: () => require("./verbs/run") as typeof Run,
  list: () => require("./verbs/list") as typeof List,
  show: () => require("./verbs/show") as typeof Show,
  subjects: () => require("./verbs/subjects") as typeof Subjects,
  doctor: () => require("./verbs/doctor") as typeof Doctor,
};
