/* eslint-disable no-console */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { awaitPromise, run, TimeoutError, waitFor, type Coroutine } from "../reference";

const server = createServer((request, response) => {
  if (request.url === "/slow") response.on("close", () => server.emit("client is gone"));
  else response.end("hello");
});

function* main(): Coroutine<void> {
  yield* awaitPromise(once(server.listen(0), "listening"));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  // A promise that goes on even if the task stops waiting for it.
  const response = yield* awaitPromise(fetch(url));
  console.log("text:", yield* awaitPromise(response.text()));

  // A promise that is stopped with the task, or with its time limit.
  const clientIsGone = once(server, "client is gone");
  try {
    yield* waitFor(
      awaitPromise((signal) => fetch(`${url}/slow`, { signal })),
      0.2,
    );
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("too slow");
  }
  yield* awaitPromise(clientIsGone);
  console.log("and the server knows");

  // What a promise rejects with is raised.
  try {
    yield* awaitPromise(Promise.reject(new RangeError("no")));
  } catch (error) {
    console.log("raised:", String(error));
  }
  server.closeAllConnections();
  server.close();
}

void run(main());
