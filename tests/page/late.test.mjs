// A late response about one user must not replace the user whom the page shows by then. Two polls
// at the same time must not list a request twice. A search must not start after the page shows
// another view.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { launch, open, show, textOf, waitForText } from "./browser.mjs";
import { World, users } from "./served.mjs";

const [FIRST, SECOND] = ["Ada Lovelace 0", "Ada Lovelace 1"];

const world = new World("late");
let browser;
let page;
let problems;

before(async () => { browser = await launch(); });
after(() => browser.close());
beforeEach(async () => {
  await world.control("POST", "reset");
  await world.control("PUT", "state", { users: users(2) });
  ({ page, problems } = await open(browser, world.page));
  await page.waitForSelector("#now:not(:empty)");
});
afterEach(async () => {
  assert.deepEqual(problems, []);
  await page.close();
});

/** Calls `handle` for each request from now on. A request waits until `handle` continues it. */
async function intercept(handle) {
  // Without a listener, nothing would continue a waiting request. So the listener is added before
  // the interception starts. The listener ignores earlier requests, which do not wait.
  page.on("request", async (request) => {
    if (request.interceptResolutionState().action !== "disabled") await handle(request);
  });
  await page.setRequestInterception(true);
}

/** Holds back each request whose path ends with `end`, until the returned function is called. */
async function holdBack(end) {
  let letGo;
  const free = new Promise((resolve) => { letGo = resolve; });
  await intercept(async (request) => {
    if (new URL(request.url()).pathname.endsWith(end)) await free;
    await request.continue();
  });
  return letGo;
}

async function showUser(number, name) {
  await show(page, `users/user_${number}`, "#user-heading");
  await waitForText(page, "#user-heading", name);
  // The sessions are the last part of the view. After they have arrived, no button moves.
  await page.waitForSelector("#user-sessions > *");
}

test("a user who is loaded late is not shown", async () => {
  const letGo = await holdBack("/users/user_0");
  await show(page, "users/user_0", "#user-heading");
  await showUser(1, SECOND);
  const late = page.waitForResponse((response) => response.url().endsWith("/users/user_0"));
  letGo();
  await (await late).text();
  // When the response to this later request is here, the page has handled the late response.
  await page.evaluate(async () => (await fetch(location.pathname)).text());
  assert.equal(await textOf(page, "#user-heading"), SECOND);
});

test("a user who is banned late is not shown", async () => {
  await showUser(0, FIRST);
  const letGo = await holdBack("/users/user_0/ban");
  await page.click("#ban");
  await showUser(1, SECOND);
  letGo();
  await waitForText(page, "#status", `${FIRST} is banned.`);
  assert.equal(await textOf(page, "#user-heading"), SECOND);
  assert.equal(await textOf(page, "#ban"), "Ban");
});

test("a token that arrives late is not shown", async () => {
  await showUser(0, FIRST);
  const letGo = await holdBack("/sign_in");
  await page.click("#sign-in");
  await showUser(1, SECOND);
  letGo();
  await waitForText(page, "#status", "Signed in, with the session");
  assert.equal(await page.$eval("#signed-in", (one) => one.hidden), true);
});

test("a text that was just typed does not filter another view", async () => {
  await show(page, "users", "#users-query");
  await page.evaluate(() => {
    const field = document.getElementById("users-query");
    field.value = "ada";
    field.dispatchEvent(new Event("input"));
    location.hash = "organizations";
  });
  await page.waitForSelector("#organizations-query", { visible: true });
  // This timer ends after the timer of the search field, because it starts later.
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 200); }));
  assert.equal(await page.evaluate(() => location.hash), "#organizations");
});

test("two polls at the same time add each request once", async () => {
  await show(page, "requests", "#requests-list p");
  await world.send("GET", "/v1/users/user_0");
  await page.waitForSelector("#requests-list tbody tr");
  const held = [];
  let bothHeld;
  const bothSent = new Promise((resolve) => { bothHeld = resolve; });
  await intercept(async (request) => {
    const isHeld = held.length < 2 && request.url().includes("/requests?");
    if (!isHeld) return request.continue();
    held.push(request);
    if (held.length === 2) bothHeld();
  });
  // A poll is sent each second, and when the page becomes visible.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await bothSent;
  for (const [index, request] of held.entries()) {
    await world.send("GET", `/v1/users/user_${index}`);
    await request.continue();
    const { last_number: last } = await world.control("GET", "requests?limit=1");
    await page.waitForSelector(`#requests-list a[data-key="${last}"]`);
  }
  const shown = await page.$$eval("#requests-list a", (all) => all.map((one) => one.dataset.key));
  const { requests } = await world.control("GET", "requests");
  assert.deepEqual(shown, requests.map(({ number }) => String(number)).reverse());
});
