// With many users and requests, the page shows a limited number of them, and still reacts to keys.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, show, waitForText } from "./browser.mjs";
import { World, users } from "./served.mjs";

const USERS = 10_000;
const REQUESTS = 5_000;
/** The limit of elements on the page: twenty for each of 1,000 rows. */
const MAX_ELEMENTS = 20_000;

const crowded = new World("crowded");
const busy = new World("busy");
let browser;

before(async () => { browser = await launch(); });
after(() => browser.close());

const elements = (page) => page.evaluate(() => document.querySelectorAll("*").length);
const rows = (page, list) => page.$$eval(`#${list} tbody tr`, (rows) => rows.length);

test("ten thousand users are shown by pages, and searched", async () => {
  await crowded.control("PUT", "state", { users: users(USERS) });
  const { page, problems } = await open(browser, crowded.page);
  await show(page, "users", "#users-list table");
  await waitForText(page, "#users-list caption", "1–50 of 10,000");
  assert.equal(await rows(page, "users-list"), 50);
  await show(page, "users?offset=9950", "#users-list table");
  await waitForText(page, "#users-list caption", "9,951–10,000 of 10,000");
  await show(page, "users?offset=10050", "#users-list .empty");
  await waitForText(page, "#users-list", "Entries in the list: 10,000.");
  await page.click("#users-list [data-key=previous]");
  await waitForText(page, "#users-list caption", "9,951–10,000 of 10,000");
  await page.type("#users-query", "user4321@");
  await waitForText(page, "#users-list caption", "1–1 of 1");
  assert.ok(await elements(page) < 2_000);
  assert.deepEqual(problems, []);
  await page.close();
});

test("five thousand requests come in while a filter is typed", async () => {
  await busy.control("PUT", "state", { users: users(1) });
  await busy.control("PATCH", "settings", { keep_requests: REQUESTS });
  const { page, problems } = await open(browser, busy.page);
  await show(page, "requests", "#requests-list p");
  const keys = [..."GetUser"];
  await page.focus("#requests-operation");
  const batch = Math.ceil(REQUESTS / keys.length);
  let sent = 0;
  for (const [index, key] of keys.entries()) {
    const size = Math.min(batch, REQUESTS - sent);
    const requests = send(size);
    await page.keyboard.press(key);
    const typed = keys.slice(0, index + 1).join("");
    await page.waitForFunction((typed) =>
      document.querySelector("#requests-operation").value === typed, {}, typed);
    await requests;
    sent += size;
  }
  assert.equal((await busy.control("GET", "requests?limit=1")).last_number, REQUESTS);
  await waitForText(page, "#requests-list tbody tr:first-child", "5,000");
  assert.equal(await rows(page, "requests-list"), 200);

  for (let shown = 400; shown <= 1_000; shown += 200) {
    await page.click("#older");
    await page.waitForFunction((shown) =>
      document.querySelectorAll("#requests-list tbody tr").length === shown, {}, shown);
  }
  assert.equal(await page.$eval("#older", ({ hidden }) => hidden), true);
  await waitForText(page, "#requests-list tbody tr:last-child", "4,001");
  await send(1);
  await waitForText(page, "#requests-list tbody tr:first-child", "5,001");
  await page.keyboard.press("Home");
  assert.ok(await elements(page) < MAX_ELEMENTS, `${await elements(page)} elements`);
  assert.deepEqual(problems, []);
  await page.close();
});

test("two clicks at once add two different pages of older requests", async () => {
  await send(700);
  const { page, problems } = await open(browser, busy.page);
  await show(page, "requests", "#older");
  await page.$eval("#older", (button) => {
    button.click();
    button.click();
  });
  await page.waitForFunction(() =>
    document.querySelectorAll("#requests-list tbody tr").length === 600);
  const shown = await page.$$eval("#requests-list a", (all) => all.map((one) => one.dataset.key));
  assert.equal(new Set(shown).size, 600);
  assert.deepEqual(problems, []);
  await page.close();
});

/** Sends requests over a few connections. */
async function send(count) {
  let left = count;
  const connection = async () => {
    while (left > 0) {
      left -= 1;
      await busy.send("GET", "/v1/users/user_0");
    }
  };
  await Promise.all(Array.from({ length: 8 }, connection));
}
