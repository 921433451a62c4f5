import { expect } from "chai";

import { judgementOf, requirementNamed, testOf } from "../../judge/testing";
import { madeUpReport, madeUpSubject } from "../testing";
import { pageData } from "./data";
import { htmlReport } from "./html";
import type { PageData } from "./page-data";
import { eventfulReport, hostile } from "./testing";

/** The data as a browser reads it. */
const embedded = (html: string): PageData =>
  JSON.parse(
    /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? "",
  ) as PageData;

describe("the report as HTML", () => {
  const html = htmlReport(eventfulReport());

  it("carries its data, whatever subjects are called and say", () => {
    expect(embedded(html)).to.deep.equal(JSON.parse(JSON.stringify(pageData(eventfulReport()))));
    expect(embedded(html).subjects[3]?.key).to.equal(
      hostile.replace("\0", "␀").replace("\ud800", "\\u{d800}"),
    );
  });

  it("has no other scripts and no markup but its own", () => {
    expect(html.match(/<script/g)).to.have.length(2);
    expect(html).to.not.include("<img");
  });

  it("refers to nothing outside itself, and forbids it", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";

    expect(policy).to.match(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:;/,
    );
    expect(html).to.not.match(/(src|href)="(?!#|data:,)|url\(|@import/);
  });

  it("states what it knows without JavaScript", () => {
    const [, table = ""] = /<table class="statements">([^]*?)<\/table>/.exec(html) ?? [];

    expect(table.match(/<tr/g)).to.have.length(6);
    expect(table).to.include("does not conform to 3.13").and.include("refused");
    expect(html).to.match(/<noscript>[^]*need JavaScript/);
  });

  it("says that it is incomplete", () => {
    expect(html).to.not.include("Incomplete.");
    expect(htmlReport({ ...eventfulReport(), complete: false })).to.include("Incomplete.");
  });

  it("tells subjects of one name apart", () => {
    const { subjects } = pageData(madeUpReport(madeUpSubject("a", []), madeUpSubject("a", [])));

    expect(subjects.map(({ key }) => key)).to.deep.equal(["a", "a #2"]);
  });
});

describe("the data of the page", () => {
  const { subjects, requirements, texts } = pageData(eventfulReport());
  const results = subjects[1]?.results ?? {};

  it("has one mark per requirement and nothing more about passes", () => {
    expect(subjects[0]?.marks.replace(/[zi]/g, "")).to.match(/^p+$/);
    expect(subjects[0]?.marks).to.have.length(requirements.length);
    expect(subjects[0]?.results).to.deep.equal({});
    expect(subjects[1]?.marks.slice(0, 3)).to.equal("fte");
  });

  it("marks where transcripts of one test part, not minding processes", () => {
    const { transcript } = results[0]?.[0] ?? {};

    expect(transcript?.lines).to.have.length(2 * 7);
    expect({
      ...transcript?.parting,
      other: texts[transcript?.parting?.other ?? -1],
    }).to.deep.equal({
      ...{ line: 6, from: 2 },
      other: "asyncio.run returned False",
    });
    expect(results[1]?.[0]?.transcript?.parting).to.equal(undefined);
  });

  it("keeps the end of a long transcript", () => {
    const long = Array.from({ length: 300 }, (_, at) => ({
      ...{ at, from: "adapter" as const },
      message: { type: "opened" as const, pid: at + 1 },
    }));
    const test = testOf(requirementNamed("x"));
    const found = { test, ...judgementOf("fail", "oops"), transcript: long };
    const page = pageData(madeUpReport(madeUpSubject("a", [found])));

    const { hidden, lines = [] } = page.subjects[0]?.results[0]?.[0]?.transcript ?? {};
    expect([hidden, lines.length]).to.deep.equal([100, 2 * 200]);
    expect(page.texts[lines.at(-1) ?? -1]).to.equal("session begins in process 300");
  });

  it("stores a text once", () => {
    expect(new Set(texts).size).to.equal(texts.length);
  });
});
