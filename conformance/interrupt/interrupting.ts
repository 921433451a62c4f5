import type { Activation } from "../../harness/subject/activation";
import type { Subject } from "../../harness/subject/subject";

/** Suspends for ever and has the subject interrupted once it is suspended. */
export async function waitForInterrupt(subject: Subject, co: Activation): Promise<void> {
  const forever = await (await subject.getRunningLoop()).createFuture();
  await subject.onceSuspended(() => {
    subject.interrupt();
  });
  await co.await(forever);
}

/** Keeps the thread busy until a SIGINT has surely arrived, then goes on. */
export const interruptWhileBusy = (subject: Subject, co: Activation): Promise<void> =>
  co.spin(async (beats) => {
    subject.interrupt();
    await beats(3);
  });
