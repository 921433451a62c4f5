import { describe } from "./describe";
import { EventLoop } from "./loop/event-loop";

/** Makes loops: a function, or a class of loops. */
export type LoopFactory = (() => EventLoop) | (new () => EventLoop);

/** The loop `factory` makes. `TypeError` if it is no factory or makes something else; what it throws goes through. */
export function makeLoop(factory: LoopFactory): EventLoop {
  if (typeof factory !== "function") {
    // loop-factory.may-not-be-uncallable
    throw new TypeError(`loopFactory must be a function, got ${describe(factory)}`);
  }
  // loop-factory.called-once, loop-factory.may-be-a-class
  const loop: unknown = isLoopClass(factory) ? new factory() : factory();
  if (loop instanceof EventLoop) return loop;
  throw new TypeError(`loopFactory must return an EventLoop, got ${describe(loop)}`);
}

const isLoopClass = (factory: LoopFactory): factory is new () => EventLoop =>
  factory === EventLoop || (factory.prototype as unknown) instanceof EventLoop;
