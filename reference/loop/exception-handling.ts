import { inspect } from "node:util";
import { isFatal } from "../errors";
import { logger } from "../logger";
import type { EventLoop } from "./event-loop";

/** What went wrong where nobody could catch it. Further keys are named after what they hold: `task`, `handle`, … */
export interface ExceptionContext {
  readonly message: string;
  readonly exception?: unknown;
  readonly [key: string]: unknown;
}

/** What a program may install to hear of such things. */
export type ExceptionHandler = (loop: EventLoop, context: ExceptionContext) => unknown;

/** Logs `context` as an error. leftover-tasks.errors.logged */
export function logException(context: ExceptionContext): void {
  const { message, exception, ...rest } = context;
  const lines = Object.entries(rest).map(([key, value]) => `${key}: ${brief(value)}`);
  if (exception !== undefined) lines.push(inspect(exception));
  logger.error([message, ...lines].join("\n"));
}

/** Gives `context` to `handler`. A handler that fails is logged; what stops the loop gets through. */
export function report(
  loop: EventLoop,
  handler: ExceptionHandler | null,
  context: ExceptionContext,
): void {
  try {
    if (handler === null) loop.defaultExceptionHandler(context);
    else handler(loop, context);
  } catch (exception) {
    if (isFatal(exception)) throw exception;
    logException({ message: "Unhandled error in exception handler", exception, context });
  }
}

const brief = (value: unknown): string => inspect(value, { depth: 0, breakLength: Infinity });
