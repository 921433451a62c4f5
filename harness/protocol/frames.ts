import { z } from "zod";

import { fromAdapter, fromHarness, type FromAdapter, type FromHarness } from "./messages";

/** The longest line an adapter may send, in bytes. */
export const longestFrame = 1 << 20;

/** The adapter sent something that is not a message of the protocol. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** We were about to send something that is not a message of the protocol. */
export class HarnessBug extends Error {
  override readonly name = "HarnessBug";
}

/** The line for a message of ours, checked. Throws HarnessBug. */
export function encode(message: FromHarness): string {
  const checked = fromHarness.safeParse(message);
  if (!checked.success) {
    throw new HarnessBug(
      `expected a message of the protocol, got ${shown(JSON.stringify(message))}: ${reasons(checked.error)}`,
    );
  }
  return `${JSON.stringify(message)}\n`;
}

/** The message on a line of the adapter's, checked. Throws ProtocolError. */
export function decode(line: string): FromAdapter {
  const checked = fromAdapter.safeParse(parsed(line));
  if (!checked.success) {
    throw new ProtocolError(
      `expected a message of the protocol, got ${shown(line)}: ${reasons(checked.error)}`,
    );
  }
  return checked.data;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ProtocolError(`expected one JSON object per line, got ${shown(line)}`);
  }
}

/** Text for a message: quoted, one line, shortened. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= 200 ? quoted : `${quoted.slice(0, 197)}…"`;
}

const reasons = (error: z.ZodError): string => z.prettifyError(error).replace(/\s*\n\s*/g, " ");
