import type { EventLoop } from "../loop/event-loop";

/** A future or task whose exception might be lost. */
interface Failed {
  readonly loop: EventLoop;
  readonly constructor: { readonly name: string };
}

/** Has the loop report `exception` if `future` is dropped before anybody asked for it. */
export function watchForRetrieval(future: Failed, exception: unknown): void {
  const kind = future.constructor.name;
  lost.register(future, { loop: new WeakRef(future.loop), kind, exception }, future);
}

/** Somebody asked. */
export function retrieved(future: Failed): void {
  lost.unregister(future);
}

const lost = new FinalizationRegistry<{
  readonly loop: WeakRef<EventLoop>;
  readonly kind: string;
  readonly exception: unknown;
}>(({ loop, kind, exception }) => {
  const message = `${kind} exception was never retrieved`;
  loop.deref()?.callExceptionHandler({ message, exception });
});
