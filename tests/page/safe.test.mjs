// The page must show data of users as text, not as HTML. Its own requests must not disturb a test.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, show, textOf, waitForText } from "./browser.mjs";
import { World } from "./served.mjs";

const MARKUP = '<img src="x" onerror="globalThis.ran = true">';

const world = new World("safe");
let browser;

before(async () => {
  browser = await launch();
  await world.control("PUT", "state", {
    organizations: [{ id: "org_1", name: MARKUP, slug: "markup" }],
    users: [{ id: "user_1", first_name: MARKUP, organizations: { org_1: "org:admin" } }],
  });
});
after(() => browser.close());

test("markup in the state stays text", async () => {
  await world.control("POST", "faults", { operation: "BanUser", status: 500, message: MARKUP });
  await world.send("PATCH", "/v1/users/user_1", { first_name: MARKUP, last_name: MARKUP });
  await world.send("GET", `/v1/users?query=${encodeURIComponent(MARKUP)}`);
  const { last_number: last } = await world.control("GET", "requests");
  const { page, problems } = await open(browser, world.page);
  for (const [fragment, selector] of [
    ["users", "#users-list"],
    ["users/user_1", "#user-heading"],
    ["users/user_1", "#user-memberships"],
    ["organizations", "#organizations-list"],
    ["organizations/org_1", "#organization-heading"],
    ["organizations/org_1", "#organization-members"],
    [`requests/${last - 1}`, "#request-detail"],
    [`requests/${last}`, "#request-detail"],
    ["faults", "#faults-list"],
    [`users?query=${encodeURIComponent(`${MARKUP}nobody`)}`, "#users-list .empty"],
  ]) {
    await show(page, fragment, selector);
    const text = fragment.startsWith("requests") ? "onerror=" : MARKUP;
    await waitForText(page, selector, text);
    assert.equal(await page.$("img"), null, fragment);
  }
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  assert.deepEqual(problems, []);
  await page.close();
});

test("an inserted script does not run", async () => {
  const { page } = await open(browser, world.page);
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<b>markup</b>";
      return false;
    } catch {
      return true;
    }
  });
  assert.ok(refused, "markup was inserted");
  // The browser follows the link later, so the test waits until the script runs or is refused.
  const outcome = await page.evaluate(() => new Promise((resolve) => {
    globalThis.run = () => resolve("the script ran");
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => {
      if (violatedDirective.startsWith("script-src")) resolve("refused");
    });
    const link = document.createElement("a");
    link.setAttribute("href", "javascript:globalThis.run()");
    document.body.append(link);
    link.click();
  }));
  assert.equal(outcome, "refused");
  await page.close();
});

test("requests of the page are not recorded", async () => {
  await world.control("DELETE", "requests");
  const { page, problems } = await open(browser, world.page);
  await show(page, "users", "#users-list table");
  await show(page, "users/user_1", "#user-memberships table");
  await show(page, "organizations/org_1", "#organization-members table");
  assert.deepEqual((await world.control("GET", "requests")).requests, []);
  assert.deepEqual(problems, []);
  await page.close();
});

test("the page works if the fake requires a certain key", async () => {
  await world.control("PATCH", "settings", { secret_key: "sk_test_certain" });
  assert.equal((await world.send("GET", "/v1/users/user_1")).status, 401);
  const { page, problems } = await open(browser, world.page);
  await show(page, "users/user_1", "#user-memberships table");
  await world.control("PATCH", "settings", { secret_key: null });
  assert.deepEqual(problems, []);
  await page.close();
});

test("the page works if organizations are disabled", async () => {
  const plain = new World("plain");
  const settings = { organizations_enabled: false };
  await plain.control("PUT", "state", { users: [{ id: "user_1" }], instance_settings: settings });
  await plain.control("POST", "sign_in", { user_id: "user_1" });
  const { page } = await open(browser, plain.page);
  await waitForText(page, "#count-users", "1");
  await show(page, "users/user_1", "#user-sessions table");
  await waitForText(page, "#user-memberships", "disable organizations");
  await page.click("#ban");
  await waitForText(page, "#user-sessions", "revoked");
  assert.equal(await textOf(page, "#alert"), "");
  // The hidden overview still contains `0` and `–` from its first display. The test removes them,
  // so that the waits below succeed only if the page loads the counts again.
  await page.$$eval("#count-faults, #count-organizations", (counts) => {
    for (const count of counts) count.textContent = "";
  });
  await page.goBack();
  await waitForText(page, "#count-faults", "0");
  await waitForText(page, "#count-organizations", "–");
  await page.close();
});

test("a server that is gone is reported until it is back", async () => {
  const { page } = await open(browser, world.page);
  await page.setOfflineMode(true);
  await waitForText(page, "#alert", "The server does not respond.");
  await page.setOfflineMode(false);
  await page.waitForFunction(() => document.querySelector("#alert").textContent === "");
  await show(page, "users", "#users-list table");
  await page.setOfflineMode(true);
  await page.type("#users-query", "nobody");
  await waitForText(page, "#alert", "The server does not respond.");
  await page.setOfflineMode(false);
  await waitForText(page, "#users-list", "No user matches");
  await page.waitForFunction(() => document.querySelector("#alert").textContent === "");
  await page.close();
});

test("the address of an unknown user or organization shows only an error", async () => {
  const { page } = await open(browser, world.page);
  for (const [kind, known, unknown] of [
    ["User", "users/user_1", "users/user_0"],
    ["Organization", "organizations/org_1", "organizations/org_0"],
  ]) {
    const name = kind.toLowerCase();
    await show(page, known, `#${name}-facts dd`);
    await show(page, unknown, "#alert");
    await waitForText(page, "#alert", "(404");
    assert.equal(await textOf(page, `#${name}-heading`), kind);
    assert.equal(await textOf(page, `#${name}-facts`), "");
    assert.equal(await textOf(page, `#${name}-json`), "");
  }
  await page.close();
});

test("large numbers stay exact in the downloaded state", async () => {
  const exact = new World("exact");
  await exact.control("PUT", "state",
    '{ "users": [{ "id": "user_1", "public_metadata": { "number": 9007199254740993 } }] }');
  const { page, problems } = await open(browser, exact.page);
  const session = await page.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "deny" });
  await page.evaluate(() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      globalThis.saved = blob.text();
      return create.call(URL, blob);
    };
  });
  await waitForText(page, "#count-users", "1");
  // The button moves when the page shows the time in `#now`, so the test first waits for the time.
  await page.waitForSelector("#now:not(:empty)");
  await page.click("#download");
  await waitForText(page, "#status", "The file is a seed");
  const saved = await page.evaluate(() => globalThis.saved);
  assert.match(saved, /"number":\s*9007199254740993\b/);
  assert.deepEqual(problems, []);
  await page.close();
});

test("an error of the fake is shown with its code", async () => {
  const { page } = await open(browser, world.page);
  await show(page, "users/user_0", "#alert");
  await waitForText(page, "#alert", "resource_not_found");
  await page.close();
});
