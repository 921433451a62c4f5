import type { SubjectReport } from "./model";

/** A subject in a few words: what it says of itself where its name does not say it. */
export function describeSubject({ hello }: SubjectReport): string {
  if (hello === undefined) return "";
  const { name, version, language } = hello.subject;
  const own = `${name} ${version}`.trim();
  return language === own ? own : `${own} on ${language}`;
}

/** A duration for people. */
export const seconds = (ms: number): string =>
  ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;

/** So many things. */
export const count = (number: number, one: string, several = `${one}s`): string =>
  `${number} ${number === 1 ? one : several}`;
