/** Whether a version is in a range: `3.13` means 3.13 and its patches; `>=3.8 <3.11` means all of these. */
export const isWithin = (version: string, range: string): boolean =>
  range.split(" ").every((part) => fulfils(version, part));

/** Which of two versions is newer, as sort() wants it. */
export const compareVersions = (a: string, b: string): number =>
  a.localeCompare(b, undefined, { numeric: true });

function fulfils(version: string, comparison: string): boolean {
  const [, operator = "", bound = ""] = /^([<>]=?)?(.*)$/.exec(comparison) ?? [];
  const order = compareVersions(truncated(version, bound), bound);
  switch (operator) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    default:
      return order === 0;
  }
}

/** As many numbers of a version as the bound has: 3.13.0 is not above 3.13. */
const truncated = (version: string, bound: string): string =>
  version.split(".").slice(0, bound.split(".").length).join(".");
