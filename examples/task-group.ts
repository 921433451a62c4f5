/* eslint-disable no-console */
import { ExceptionGroup, run, sleep, TaskGroup, type Coroutine } from "../reference";

function* fetchPart(name: string, seconds: number): Coroutine<string> {
  try {
    yield* sleep(seconds);
    if (name === "broken") throw new Error("no such part");
    return name;
  } finally {
    console.log(`${name} has ended`);
  }
}

function* main(): Coroutine<void> {
  const [left, right] = yield* new TaskGroup().use(function* (group) {
    yield* sleep(0);
    return [group.createTask(fetchPart("left", 0.01)), group.createTask(fetchPart("right", 0.05))];
  });
  console.log("both:", left.result(), right.result());

  try {
    yield* new TaskGroup().use(function* (group) {
      group.createTask(fetchPart("patient", 3600));
      group.createTask(fetchPart("broken", 0.01));
      yield* sleep(3600);
    });
  } catch (error) {
    if (!(error instanceof ExceptionGroup)) throw error;
    console.log("errors:", error.exceptions.map(String).join(", "));
  }
}

void run(main());
