import { chromium, type Browser, type Page } from "playwright-core";
import which from "which";

/** Whatever went on in a page that should not have. */
export interface Watched {
  readonly page: Page;
  /** Errors on the console, uncaught exceptions, and requests for anything but the page itself. */
  readonly complaints: readonly string[];
}

/** A Chromium of this machine, without a window; undefined when there is none. */
export async function installedBrowser(): Promise<Browser | undefined> {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    const executablePath = await which(name, { nothrow: true });
    if (executablePath === null) continue;
    const isRoot = process.getuid?.() === 0;
    return chromium.launch({ executablePath, args: isRoot ? ["--no-sandbox"] : [] });
  }
  return undefined;
}

/** Opens a page, and listens to what it complains about. */
export async function openPage(
  browser: Browser,
  address: string,
  colorScheme: "light" | "dark" = "light",
): Promise<Watched> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 900 } });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("data:") && request.url().split("#")[0] !== address) {
      complaints.push(`asks for ${request.url()}`);
    }
  });
  await page.goto(address);
  return { page, complaints };
}
