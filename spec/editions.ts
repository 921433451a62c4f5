/**
 * The editions of the Runners chapter, oldest first. `3.11-draft` is the text written while 3.11 was in alpha,
 * when the parameter was still called `factory`; no release of CPython implements it.
 */
export const editions = [
  "3.7",
  "3.8",
  "3.9",
  "3.10",
  "3.11-draft",
  "3.11",
  "3.12",
  "3.13",
  "3.14",
  "3.15",
] as const;

/** One text of the chapter, named by the Python version that ships it. */
export type Edition = (typeof editions)[number];

/** The edition that is meant when nobody names one. */
export const newestEdition: Edition = "3.15";

/** Whether `text` names an edition. */
export const isEdition = (text: string): text is Edition =>
  (editions as readonly string[]).includes(text);

/** Whether `edition` is `from` or a later text. */
export const isSince = (edition: Edition, from: Edition): boolean =>
  editions.indexOf(edition) >= editions.indexOf(from);
