// A headless Chromium, and pages that must cause no errors in the browser.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { default: puppeteer } = await import(require.resolve("puppeteer-core"));

// Chromium's sandbox needs rights that a container lacks. The tests are safe without the sandbox,
// because they open only the page under test.
const FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"];

/**
 * The milliseconds after which a wait fails: a multiple of the default, because the machine may
 * compile at the same time.
 */
const TIMEOUT = 180_000;
/** The milliseconds after which a command of the browser fails. Each wait is such a command. */
const PROTOCOL_TIMEOUT = 2 * TIMEOUT;

export const launch = () => puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: FLAGS,
  timeout: TIMEOUT,
  protocolTimeout: PROTOCOL_TIMEOUT,
});

/**
 * Opens an address. `problems` collects errors and warnings on the console, uncaught exceptions,
 * and requests to other origins.
 */
export async function open(browser, address, { scheme = "light", width = 1200 } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(address).origin) {
      problems.push(`a request to ${request.url()}`);
    }
  });
  await page.setViewport({ width, height: 850 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    // Without this, the colors of buttons and links change gradually, and axe may find a contrast
    // that is too low for a moment.
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(address);
  return { page, problems };
}

/** Shows a view by its fragment, and waits for an element that the selector matches. */
export async function show(page, fragment, selector) {
  await page.evaluate((fragment) => { location.hash = fragment; }, fragment);
  await page.waitForSelector(selector, { visible: true });
}

/** Waits until the text of an element contains `text`. */
export async function waitForText(page, selector, text) {
  const contains = (selector, text) =>
    [...document.querySelectorAll(selector)].some((one) => one.innerText.includes(text));
  await page.waitForFunction(contains, {}, selector, text).catch(async (error) => {
    const shown = await page.evaluate(() => document.body.innerText);
    throw new Error(`no "${text}" in ${selector}. The page shows:\n${shown}`, { cause: error });
  });
}

export const textOf = (page, selector) => page.$eval(selector, (one) => one.innerText);

/**
 * Presses Tab until the focus is on an element whose name starts with `name`, and checks that each
 * focus is visible. Skips elements with a negative `tabindex`, such as a heading that the page
 * itself focuses.
 */
export async function tabTo(page, name) {
  const seen = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused.getAttribute("aria-label") ?? focused.labels?.[0]?.innerText;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const outlined = outlineStyle !== "none" && outlineWidth !== "0px";
      const reachable = focused.tabIndex >= 0;
      return { name: (label ?? focused.innerText).trim(), outlined, reachable };
    });
    seen.push(focus.name);
    if (!focus.reachable) continue;
    assert.ok(focus.outlined, `the focus on ${focus.name} is invisible`);
    if (focus.name.startsWith(name)) return;
  }
  assert.fail(`Tab does not lead to "${name}", only to: ${seen.join(" | ")}`);
}
