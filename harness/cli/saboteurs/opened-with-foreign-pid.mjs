import { say, serve } from "./honest.mjs";

// The test starts a bystander and says who it is.
serve({ open: () => say({ type: "opened", pid: Number(process.argv[3]) }) }, { isolation: "fork" });
