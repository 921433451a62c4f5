import { shown } from "../protocol/frames";

/** What a file is that is no result file, in a few words. */
export function whatItIs(text: string): string {
  const start = text.trimStart().slice(0, 400);
  if (text.slice(0, 4000).includes("\0")) return "a binary file";
  if (/^<!doctype html|^<html/i.test(start)) return "an HTML page";
  if (/^<testsuite|^<\?xml[^]*<testsuite/.test(start)) return "a JUnit report";
  if (start.startsWith("<")) return "XML";
  if (start.startsWith("TAP version")) return "a TAP report";
  const value = parsed(text);
  if (value === undefined) return `text that begins with ${shown(start.slice(0, 60))}`;
  return isOurReport(value) ? "a report that --json wrote" : "JSON of another kind";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isOurReport = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "schemaVersion" in value && "tool" in value;
