/* eslint-disable no-console */
import { AsyncLocalStorage } from "node:async_hooks";
import { ContextVar, createTask, gather, run, sleep, type Coroutine } from "../reference";

const user = new ContextVar<string>("user");
const request = new AsyncLocalStorage<number>();

function* handle(): Coroutine<string> {
  yield* sleep(0.01);
  return `${user.get()} in request ${request.getStore() ?? "none"}`;
}

function* main(): Coroutine<void> {
  // A task runs in a copy of the context it was made in, ...
  user.set("ada");
  const first = request.run(1, () => createTask(handle()));

  // ... so what is set later does not reach it.
  const token = user.set("grace");
  const second = request.run(2, () => createTask(handle()));
  user.reset(token);

  console.log((yield* gather([first, second])).join("; "));
  console.log("here:", user.get(), request.getStore() ?? "no request");
}

void run(main());
