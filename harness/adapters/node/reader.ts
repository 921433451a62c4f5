import { readSync } from "node:fs";
import { workerData } from "node:worker_threads";

import { Inbox, type InboxMemory } from "./inbox";

/** The thread that reads the harness's frames and puts them into the inbox. */
const inbox = new Inbox(workerData as InboxMemory);
const chunk = Buffer.alloc(1 << 16);
const lineFeed = 10;

let rest = Buffer.alloc(0);
for (let length = read(); length > 0; length = read()) {
  rest = Buffer.concat([rest, chunk.subarray(0, length)]);
  for (let end = rest.indexOf(lineFeed); end >= 0; end = rest.indexOf(lineFeed)) {
    inbox.put(rest.subarray(0, end));
    rest = rest.subarray(end + 1);
  }
}
inbox.end();
// The main thread ends the process when it next wants a frame. One that never does must not outlive the harness.
setTimeout(() => process.kill(process.pid, "SIGKILL"), 2000);

function read(): number {
  try {
    return readSync(0, chunk);
  } catch {
    return 0;
  }
}
