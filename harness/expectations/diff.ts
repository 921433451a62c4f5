import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** What changes in a file, as lines of a unified diff; empty when nothing does. */
export const diffOf = (path: string, before: string, after: string): readonly string[] =>
  before === after
    ? []
    : createTwoFilesPatch(path, path, before, after, undefined, undefined, {
        context: 2,
        headerOptions: FILE_HEADERS_ONLY,
      })
        .trimEnd()
        .split("\n");
