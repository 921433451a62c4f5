import { watchDrowsing, type DrowsingListener } from "../session/drowsing";
import type { Opener } from "./judge";

/** An opener whose sessions are watched: the listener hears when one sleeps, and that it is awake when it is over. */
export interface Attended extends Opener {
  /** The session is over. */
  over(): void;
}

/** Watches each session of `opener` until it is over. */
export function attended(opener: Opener, listener: DrowsingListener): Attended {
  let stop: () => void = () => undefined;
  return {
    get hello() {
      return opener.hello;
    },
    open: async (options) => {
      const session = await opener.open(options);
      stop = watchDrowsing(session.pid, listener);
      return session;
    },
    over: () => {
      stop();
      listener.woke();
    },
  };
}
