/** What keeps tests of a plan from being judged, and how a report says so. */
export const stops = {
  interrupted: "interrupted",
  "first-failure": "stopped after the first failure",
  "subject-unusable": "the subject became unusable",
  "file-cut": "the result file has no end: what wrote it was cut short",
} as const;

export type Stop = keyof typeof stops;
