import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";
import type { Browser, Page } from "playwright-core";

import { requirements } from "../../../spec/catalogue";
import { packageRoot } from "../../adapters/package-root";
import { installedBrowser, openPage, type Watched } from "./browser";
import { htmlReport } from "./html";
import { eventfulReport } from "./testing";

const screenshots = join(packageRoot(), "screenshots");
const [first = "", second = "", third = ""] = requirements.map(({ id }) => id);
const worse = "python:python3.13?run=forgets:run";

/** The ids of the rows that are shown. */
const shownRows = (page: Page): Promise<readonly string[]> =>
  page.locator("#matrix tr[data-row]:visible th a").allTextContents();

const focusedText = (page: Page): Promise<string> =>
  page.evaluate("document.activeElement.textContent");

const hashOf = (page: Page): Promise<string> => page.evaluate("decodeURIComponent(location.hash)");

/** Waits for the page of a requirement or a subject: a browser tells of a new address a moment after it has it. */
const arrive = (page: Page, heading: string): Promise<void> =>
  page.locator(`#page h1:text-is("${heading}")`).waitFor();

const arriveAtOverview = (page: Page): Promise<void> => page.locator("#overview").waitFor();

describe("the report in a browser", function () {
  this.timeout(60_000);

  let folder: string;
  let file: string;
  let browser: Browser | undefined;
  let watched: Watched;
  let page: Page;

  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "report-"));
    file = join(folder, "report.html");
    writeFileSync(file, htmlReport(eventfulReport()));
    mkdirSync(screenshots, { recursive: true });
    browser = await installedBrowser();
    if (browser === undefined) this.skip();
  });

  beforeEach(async () => {
    if (browser === undefined) return;
    watched = await openPage(browser, pathToFileURL(file).href);
    page = watched.page;
  });

  afterEach(async () => {
    expect(watched.complaints).to.deep.equal([]);
    await page.close();
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);

  it("filters rows by every word", async () => {
    const all = await shownRows(page);
    await page.fill("#filter", "INTERRUPT second");
    const some = await shownRows(page);

    expect(all).to.include(first);
    expect(some).to.include("interrupt.second-is-immediate").and.not.include(first);
    expect(await page.locator("output").textContent()).to.equal(
      `${some.length} of ${all.length} requirements`,
    );
  });

  it("filters rows by what came out and by what failures say", async () => {
    await page.fill("#filter", "timeout");
    expect(await shownRows(page)).to.include(second);

    await page.fill("#filter", "null to equal object#0");
    expect(await shownRows(page)).to.deep.equal([first]);

    await page.fill("#filter", "no such thing");
    expect(await shownRows(page)).to.deep.equal([]);
    expect(await page.locator(".empty").isVisible()).to.equal(true);
  });

  it("shows only what failed or differs", async () => {
    const all = await shownRows(page);
    await page.click("text=only failures");
    const failed = await shownRows(page);
    await page.click("text=only failures");
    await page.click("text=only differences");
    const differing = await shownRows(page);

    expect(failed).to.include(first).and.not.include(third);
    expect(differing).to.include(third);
    expect(all.length).to.be.greaterThan(differing.length);
  });

  it("keeps the filter in the address and over a visit to a page", async () => {
    await page.fill("#filter", "timeout");
    expect(await hashOf(page)).to.equal("#/filter/timeout");

    await page.click(`#matrix th a:text-is("${second}")`);
    await arrive(page, second);
    await page.keyboard.press("Escape");
    await arriveAtOverview(page);

    expect(await page.inputValue("#filter")).to.equal("timeout");
  });

  it("opens a failure with all that is known about it", async () => {
    await page.locator(`#matrix tr:has(th a:text-is("${first}")) td`).nth(1).click();
    await arrive(page, first);

    expect(await hashOf(page)).to.equal(`#/requirement/${first}/${worse}`);
    const seen = await page.locator("#page").innerText();
    for (const text of [
      requirements[0]?.text ?? "",
      requirements[0]?.hint ?? "",
      "expected null to equal object#0",
      "object#0",
      "asyncio.run returned None",
      `runner-conformance run '${worse}' --requirement ${first}`,
    ]) {
      expect(seen).to.include(text);
    }
    expect(await page.locator("li.last").allInnerTexts()).to.have.length(1);
    expect(await page.locator("li.last").innerText()).to.include("asyncio.run returned None");
    expect(await page.locator("li.parts em").first().innerText()).to.include(
      "here it parts from node:./port.mjs, where: asyncio.run returned False",
    );
  });

  it("goes where links point to, and back", async () => {
    await open(`#/requirement/${first}`);
    await page.locator("#page summary").first().click();
    await page.click(`text=All about ${worse}`);
    await arrive(page, worse);
    expect(await hashOf(page)).to.equal(`#/subject/${worse}`);

    await page.goBack();
    await arrive(page, first);
    await page.goBack();
    await arriveAtOverview(page);
  });

  it("opens at a fixed link", async () => {
    await page.goto(
      `${pathToFileURL(file).href}#/requirement/${second}/${encodeURIComponent(worse)}`,
    );
    await page.reload();

    expect(await page.locator("#page details[open] .evidence").innerText()).to.include("timeout");
    expect(await page.title()).to.equal(`${second} · asyncio Runners conformance`);
  });

  it("is the overview at an address nobody knows", async () => {
    await open(`#/requirement/${first}`);
    await arrive(page, first);
    await open("#/requirement/no.such/%E0%A4%A");
    await arriveAtOverview(page);
  });

  it("can be used with the keyboard alone", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("result.");
    await page.keyboard.press("Enter");
    expect(await focusedText(page)).to.equal(first);

    await page.keyboard.press("j");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("l");
    await page.keyboard.press("ArrowRight");
    expect(await focusedText(page)).to.equal("✗");
    await page.keyboard.press("Enter");
    await arrive(page, first);
    expect(await hashOf(page)).to.equal(`#/requirement/${first}/${worse}`);
    expect(await focusedText(page)).to.include(worse);

    await page.keyboard.press("Escape");
    await arriveAtOverview(page);
    expect(await focusedText(page)).to.equal("✗");

    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    expect(await page.inputValue("#filter")).to.equal("");
  });

  it("believes nothing that subjects say", async () => {
    await open("#/requirement/made-up.hostile");
    await arrive(page, "made-up.hostile");
    await page.locator("#page summary").first().click();
    expect(await page.locator("#page .evidence").innerText()).to.include("<img src=x onerror=");

    await open(`#/requirement/${third}/${worse}`);
    await arrive(page, third);
    expect(await page.locator(".excuse").innerText()).to.include("javascript:alert(1)");
    expect(await page.locator(".excuse a").count()).to.equal(0);

    await open("#/subject/command:./silent");
    await arrive(page, "command:./silent");
    expect(await page.locator("#page").innerText()).to.include("refused");
    expect(await page.locator("img").count()).to.equal(0);
    expect(await page.title()).to.not.equal("owned");
  });

  it("says each outcome in a symbol and in words", async () => {
    const cells = page.locator(`#matrix tr:has(th a:text-is("${second}")) td a`);

    expect(await cells.allTextContents()).to.deep.equal(["✓", "T", "✓", "–", "–"]);
    expect(await cells.nth(1).getAttribute("aria-label")).to.equal("timeout");
  });

  it("unfolds everything on paper", async () => {
    await open(`#/requirement/${first}`);
    await arrive(page, first);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");

    expect(await page.locator("#page .evidence:visible").count()).to.equal(2);
  });

  it("prints black on white, without what cannot be clicked on paper", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });

    expect(await page.locator("#filter").isVisible()).to.equal(false);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).to.equal(
      "rgb(255, 255, 255)",
    );
    await page.screenshot({ path: join(screenshots, "paper.png") });
  });

  it("has a table to read without JavaScript", async () => {
    const context = await browser?.newContext({ javaScriptEnabled: false });
    const plain = await context?.newPage();
    await plain?.goto(pathToFileURL(file).href);

    expect(await plain?.locator("table.statements").innerText()).to.include("does not conform");
    expect(await plain?.locator("body").innerText()).to.include("need JavaScript");
    await context?.close();
  });

  for (const scheme of ["light", "dark"] as const) {
    it(`has its picture taken, ${scheme}`, async () => {
      if (browser === undefined) return;
      const { page, complaints } = await openPage(browser, pathToFileURL(file).href, scheme);
      await page.screenshot({ path: join(screenshots, `overview-${scheme}.png`) });
      for (const [name, hash, heading] of [
        ["failure", `#/requirement/${first}/${encodeURIComponent(worse)}`, first],
        ["subject", `#/subject/${encodeURIComponent(worse)}`, worse],
      ] as const) {
        await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
        await arrive(page, heading);
        await page.evaluate("scrollTo(0, 0)");
        await page.screenshot({ path: join(screenshots, `${name}-${scheme}.png`), fullPage: true });
      }
      expect(complaints).to.deep.equal([]);
      await page.close();
    });
  }
});
