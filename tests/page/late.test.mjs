// A response that arrives after the page shows another user must not replace this user.

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
});
afterEach(async () => {
  assert.deepEqual(problems, []);
  await page.close();
});

/** Holds back each request whose path has this end. The returned function lets them go. */
async function holdBack(end) {
  let letGo;
  const free = new Promise((resolve) => { letGo = resolve; });
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    if (new URL(request.url()).pathname.endsWith(end)) await free;
    await request.continue();
  });
  return letGo;
}

async function showUser(number, name) {
  await show(page, `users/user_${number}`, "#user-heading");
  await waitForText(page, "#user-heading", name);
}

test("a user who is loaded late is not shown", async () => {
  const letGo = await holdBack("/users/user_0");
  await show(page, "users/user_0", "#user-heading");
  await showUser(1, SECOND);
  const late = page.waitForResponse((response) => response.url().endsWith("/users/user_0"));
  letGo();
  await (await late).text();
  // The page has handled the late response before that of a later request.
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
