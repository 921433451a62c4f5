import { createHash } from "node:crypto";

import { requirements } from "../../spec/catalogue";
import { UsageError } from "../usage-error";
import { stops } from "../judge/stop";
import { shown } from "../protocol/frames";
import type { ResultFile } from "./parse";
import type { Footer, Header, ResultRecord, TestRecord } from "./records";
import { footerOf } from "./records-of";

/**
 * Puts shares of one subject together, wherever each was judged: the records of one file. Throws UsageError when they
 * are not about the same subject, edition and catalogue, or when two of them have the same test.
 */
export function merged(files: readonly ResultFile[]): readonly ResultRecord[] {
  const [first] = files;
  if (first === undefined) throw new UsageError("expected result files to merge, got none");
  files.forEach(refuseUnjudged);
  for (const file of files) refuseOther(first, file);
  refuseOverlap(files);
  const header = mergedHeader(first.header, files);
  const recorded = new Map(files.flatMap(({ tests }) => tests).map((it) => [it.title, it]));
  const tests = header.tests.flatMap(({ title }) => recorded.get(title) ?? []);
  return [header, ...tests, mergedFooter(files, tests)];
}

function refuseUnjudged({ path, header, footer }: ResultFile): void {
  if (header.identity !== null) return;
  const why = footer?.error?.code ?? "it was never reached";
  throw new UsageError(
    `expected results of a subject that was judged, got ${path}: ${header.subject} did not start (${why}); judge it again`,
  );
}

/** What must be the same in files that are merged, and what it is called. */
const same: Readonly<Record<string, (header: Header) => string>> = {
  subject: ({ subject, identity }) => {
    const { name = "", version = "", language = "", platform = "" } = identity?.subject ?? {};
    return `${subject} (${name} ${version}, ${language}, ${platform})`;
  },
  edition: ({ edition }) => edition ?? "none",
  catalogue: ({ catalogue }) => catalogue,
};

function refuseOther(first: ResultFile, file: ResultFile): void {
  for (const [what, of] of Object.entries(same)) {
    const [expected, got] = [of(first.header), of(file.header)];
    if (expected === got) continue;
    throw new UsageError(
      `expected results of one ${what}, got ${expected} in ${first.path} and ${got} in ${file.path}; merge only what belongs together`,
    );
  }
}

function refuseOverlap(files: readonly ResultFile[]): void {
  const owners = new Map<string, string>();
  for (const { path, header } of files) {
    for (const { title } of header.tests) {
      const owner = owners.get(title);
      if (owner !== undefined) {
        throw new UsageError(
          `expected each test in one file, got ${shown(title)} in ${owner} and in ${path}; leave one of them out`,
        );
      }
      owners.set(title, path);
    }
  }
}

function mergedHeader(first: Header, files: readonly ResultFile[]): Header {
  const headers = files.map(({ header }) => header);
  const parts = headers.flatMap(partsOf);
  const [begin = first.startedAt] = parts.map(({ startedAt }) => startedAt).sort();
  return {
    ...withoutShard(first),
    startedAt: begin,
    nonce: nonceOf(parts),
    narrowed: !isWhole(parts),
    requirements: inOrder(headers.flatMap((header) => header.requirements)),
    untestable: inOrder(headers.flatMap(({ untestable }) => untestable)),
    retired: inOrder(headers.flatMap(({ retired }) => retired)),
    tests: headers
      .flatMap(({ tests }) => tests)
      .sort((one, other) => rankOf(one.requirement) - rankOf(other.requirement)),
    parts,
  };
}

function withoutShard(header: Header): Header {
  const copy = { ...header };
  delete copy.shard;
  return copy;
}

type Part = NonNullable<Header["parts"]>[number];

const partsOf = ({ parts, ...own }: Header): readonly Part[] => {
  const { version, command, host, startedAt, nonce, narrowed, shard } = own;
  const share = shard === undefined ? {} : { shard };
  return parts ?? [{ version, command, host, startedAt, nonce, narrowed, ...share }];
};

/** Whether the parts are every share of everything. */
function isWhole(parts: readonly Part[]): boolean {
  const of = parts[0]?.shard?.of ?? 1;
  const indexes = new Set(
    parts.filter(({ shard }) => (shard?.of ?? 1) === of).map(({ shard }) => shard?.index ?? 1),
  );
  return indexes.size === of && parts.every(({ narrowed }) => !narrowed);
}

/** Of the same parts always the same. */
const nonceOf = (parts: readonly Part[]): string =>
  createHash("sha256")
    .update(
      parts
        .map(({ nonce }) => nonce)
        .sort()
        .join(),
    )
    .digest("hex")
    .slice(0, 16);

/** Each once, in the order of the catalogue; what this version does not know stands behind. */
function inOrder<Planned extends { readonly id: string }>(planned: readonly Planned[]): Planned[] {
  const unique = [...new Map(planned.map((it) => [it.id, it])).values()];
  return unique.sort((one, other) => rankOf(one.id) - rankOf(other.id));
}

const ranks = new Map(requirements.map(({ id }, index) => [id, index]));

const rankOf = (id: string): number => ranks.get(id) ?? ranks.size;

function mergedFooter(files: readonly ResultFile[], tests: readonly TestRecord[]): Footer {
  const footers = files.map(({ footer }) => footer);
  const inWords = Object.keys(stops) as (keyof typeof stops)[];
  const reasons = footers.map((footer) => (footer === undefined ? "file-cut" : footer.stopped));
  const planned = files.reduce((sum, { header }) => sum + header.tests.length, 0);
  return footerOf(
    tests.map(({ outcome }) => outcome),
    planned,
    {
      durationMs: footers.reduce((sum, footer) => sum + (footer?.durationMs ?? 0), 0),
      stopped: inWords.find((reason) => reasons.includes(reason)),
      error: footers.find((footer) => footer?.error)?.error ?? undefined,
      expectations: joined(footers.map((footer) => footer?.expectations)),
      stale: joined(footers.map((footer) => footer?.stale)),
    },
  );
}

/** All of the lists; undefined when there is none. */
function joined<Item>(lists: readonly (Item[] | undefined)[]): Item[] | undefined {
  const given = lists.filter((list) => list !== undefined);
  return given.length === 0 ? undefined : given.flat();
}
