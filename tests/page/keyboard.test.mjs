// Tests the tasks of the page with the keyboard only: Tab, Enter, arrows and Escape.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { launch, open, tabTo, textOf, waitForText } from "./browser.mjs";
import { World, users } from "./served.mjs";

const world = new World("keyboard");
let browser;
let page;
let problems;

before(async () => { browser = await launch(); });
after(() => browser.close());
beforeEach(async () => {
  await world.control("POST", "reset");
  await world.control("PUT", "state", { users: users(120) });
  ({ page, problems } = await open(browser, world.page));
  await page.waitForSelector("#now:not(:empty)");
});
afterEach(async () => {
  assert.deepEqual(problems, []);
  await page.close();
});

const press = (key) => page.keyboard.press(key);
const type = (text) => page.keyboard.type(text);
const focused = () => page.evaluate(() => document.activeElement.innerText);

/** Follows a link to a section. Its heading then has the focus. */
async function section(name, { link = name } = {}) {
  await tabTo(page, link);
  await press("Enter");
  const isFocused = (name) =>
    document.activeElement.matches("h2") && document.activeElement.innerText === name;
  await page.waitForFunction(isFocused, {}, name);
}

const countOfUsersIs = (text) => page.waitForFunction(
  (text) => document.querySelector("#count-users").innerText === text, {}, text);

async function openUser(name) {
  await section("Users");
  await tabTo(page, "Search");
  await type(name);
  await waitForText(page, "#users-list caption", "1–1 of 1");
  await tabTo(page, name);
  await press("Enter");
  await waitForText(page, "#user-heading", name);
}

test("the skip link leads past the sections", async () => {
  await waitForText(page, "#count-users", "120");
  await tabTo(page, "Skip to the content");
  await press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await tabTo(page, "120");
});

test("a user is found, banned, locked and signed in", async () => {
  await openUser("Ada Lovelace 77");
  await tabTo(page, "Ban");
  await press("Enter");
  await waitForText(page, "#status", "Ada Lovelace 77 is banned.");
  assert.equal(await focused(), "Unban");
  assert.equal((await world.send("GET", "/v1/users/user_77")).body.banned, true);
  await press("Enter");
  await waitForText(page, "#user-badges", "active");

  await tabTo(page, "Lock");
  await press("Enter");
  await waitForText(page, "#user-badges", "locked");
  await press("Enter");
  await waitForText(page, "#user-badges", "active");

  await tabTo(page, "Sign in");
  await press("Enter");
  await waitForText(page, "#user-sessions", "active");
  const token = await page.$eval("#token", ({ value }) => value);
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  await tabTo(page, "Revoke");
  await press("Enter");
  await waitForText(page, "#user-sessions", "revoked");
  assert.match(await focused(), /Ada Lovelace 77/);
});

test("a user is added, and deleted after a question", async () => {
  await section("Users");
  await tabTo(page, "Add a user");
  await press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "new-email");
  await type("grace@example.com");
  await press("Enter");
  await waitForText(page, "#status", "grace@example.com has the id user_");
  await waitForText(page, "#users-list", "grace@example.com");
  await tabTo(page, "grace@example.com");
  await press("Enter");
  await waitForText(page, "#user-heading", "grace@example.com");

  await tabTo(page, "Delete");
  await press("Enter");
  await waitForText(page, "dialog[open]", "Delete grace@example.com?");
  await press("Escape");
  await page.waitForFunction(() => document.querySelector("dialog[open]") === null);
  assert.equal(await focused(), "Delete…");
  await press("Enter");
  await waitForText(page, "dialog[open]", "Delete grace@example.com?");
  await tabTo(page, "Delete");
  await press("Enter");
  await waitForText(page, "#status", "grace@example.com is deleted.");
  assert.equal((await world.send("GET", "/v1/users/count")).body.total_count, 120);
});

test("a question that is asked again at once gets its own answer", async () => {
  await openUser("Ada Lovelace 77");
  // In one step, the test opens the dialog, closes it, and opens it again. The browser sends the
  // event `close` of the first dialog only after this step.
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll("button")];
    const remove = buttons.find(({ innerText }) => innerText === "Delete…");
    remove.click();
    document.querySelector("#confirm").close();
    remove.click();
  });
  await waitForText(page, "dialog[open]", "Delete");
  await tabTo(page, "Delete");
  await press("Enter");
  await waitForText(page, "#status", "is deleted.");
  assert.equal((await world.send("GET", "/v1/users/user_77")).status, 404);
});

test("the pages of a list keep the focus", async () => {
  await section("Users");
  await waitForText(page, "#users-list caption", "1–50 of 120");
  await tabTo(page, "Next");
  await press("Enter");
  await waitForText(page, "#users-list caption", "51–100 of 120");
  assert.equal(await focused(), "Next");
  await press("Enter");
  await waitForText(page, "#users-list caption", "101–120 of 120");
  await page.goBack();
  await waitForText(page, "#users-list caption", "51–100 of 120");
});

test("an organization shows its members, who lead to their users", async () => {
  await section("Organizations");
  await page.waitForSelector("#organizations-list table");
  await tabTo(page, "org_");
  await press("Enter");
  await waitForText(page, "#organization-members caption", "20 in all");
  await tabTo(page, "Ada Lovelace");
  await press("Enter");
  await page.waitForSelector("#user-memberships table", { visible: true });
});

test("a fault is planned, fires, and is ended", async () => {
  await section("Faults");
  await tabTo(page, "Operation");
  await type("GetUser");
  // Escape closes the list of suggestions.
  await press("Escape");
  await tabTo(page, "Status");
  await page.keyboard.down("Control");
  await press("a");
  await page.keyboard.up("Control");
  await type("503");
  await tabTo(page, "Code");
  await type("maintenance");
  await tabTo(page, "Plan");
  await press("Enter");
  await waitForText(page, "#faults-list", "0 of 1");
  // The page also requests the user, but the fault does not apply to this request.
  const { page: other } = await open(browser, `${world.page}#users/user_1`);
  await waitForText(other, "#user-heading", "Ada Lovelace 1");
  await other.close();
  // A page in the background does not poll, so the first page must be in front again.
  await page.bringToFront();

  const failed = await world.send("GET", "/v1/users/user_1");
  assert.equal(failed.status, 503);
  assert.equal(failed.body.errors[0].code, "maintenance");
  await waitForText(page, "#faults-list", "1 of 1");
  await tabTo(page, "End the fault");
  await press("Enter");
  await waitForText(page, "#faults-list", "No faults are planned.");
  assert.deepEqual((await world.control("GET", "faults")).faults, []);
});

test("the kind of a fault is chosen with the arrows", async () => {
  await section("Faults");
  await tabTo(page, "Operation");
  await type("BanUser");
  await press("Escape");
  await tabTo(page, "What happens");
  await press("ArrowDown");
  await press("ArrowDown");
  await tabTo(page, "Plan");
  await press("Enter");
  await waitForText(page, "#faults-list", "the response is lost");
  await assert.rejects(world.send("POST", "/v1/users/user_1/ban"));
  assert.equal((await world.send("GET", "/v1/users/user_1")).body.banned, true);
});

test("the clock is advanced and set", async () => {
  const { time } = await world.control("GET", "clock");
  await tabTo(page, "+ 1 hour");
  await press("Enter");
  await waitForText(page, "#status", "Advanced by 1 hour.");
  const { time: later } = await world.control("GET", "clock");
  assert.ok(new Date(later) - new Date(time) >= 3_600_000, `${time} to ${later}`);
  await tabTo(page, "Time in UTC");
  await page.keyboard.down("Control");
  await press("a");
  await page.keyboard.up("Control");
  await type("2040-01-02T03:04:05Z");
  await press("Enter");
  await waitForText(page, "#now", "2040-01-02 03:04:");
});

test("a request is found, read and cleared", async () => {
  await section("Requests");
  await waitForText(page, "#requests-list", "There are no requests yet.");
  await world.send("GET", "/v1/users/user_5");
  await world.send("POST", "/v1/users", { email_address: ["user1@example.com"] });
  await waitForText(page, "#requests-list", "form_identifier_exists");
  await tabTo(page, "Method");
  await press("ArrowDown");
  await waitForText(page, "#requests-list", "/v1/users/user_5");
  await page.waitForFunction(() =>
    document.querySelectorAll("#requests-list tbody tr").length === 1);
  await tabTo(page, "GET /v1/users/user_5");
  await press("Enter");
  await waitForText(page, "#request-detail", '"user5@example.com"');
  assert.doesNotMatch(await textOf(page, "#request-detail"), /sk_test_page/);
  await section("Requests", { link: "All requests" });
  await tabTo(page, "Clear");
  await press("Enter");
  await waitForText(page, "#requests-list", "No request matches the filter.");
  assert.deepEqual((await world.control("GET", "requests")).requests, []);
});

test("the state is reset after a question, and another world is chosen", async () => {
  await world.send("POST", "/v1/users", { email_address: ["grace@example.com"] });
  await countOfUsersIs("121");
  await tabTo(page, "Reset");
  await press("Enter");
  await waitForText(page, "dialog[open]", "Reset the state?");
  await tabTo(page, "Reset");
  await press("Enter");
  await waitForText(page, "#status", "The state is that of the start.");
  await countOfUsersIs("0");
  await tabTo(page, "World");
  await page.keyboard.down("Control");
  await press("a");
  await page.keyboard.up("Control");
  await type("keyboard-2");
  await press("Enter");
  await page.waitForFunction(() => location.search === "?world=keyboard-2");
  await countOfUsersIs("0");
});
