/** What the process tells its caller; see docs/verdicts-and-exit-codes.md. */
export const exitCodes = {
  asExpected: 0,
  unexpected: 1,
  usage: 2,
  subjectUnusable: 3,
  harnessBroke: 4,
  nothingVerified: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
