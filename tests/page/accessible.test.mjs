// Tests each view with light and dark colours, on wide and narrow screens. axe, a checker of
// accessibility, must find no fault, and no element may overflow. The screenshots are for people to
// look at.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { launch, open, show } from "./browser.mjs";
import { World, users } from "./served.mjs";

const require = createRequire(`${process.cwd()}/`);
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

const VIEWS = [
  ["overview", "overview", "#now:not(:empty)"],
  ["users", "users", "#users-list table"],
  ["no-users", "users?query=nobody", "#users-list .empty"],
  ["user", "users/user_1", "#user-sessions table"],
  ["organizations", "organizations", "#organizations-list table"],
  ["organization", "organizations/org_1", "#organization-invitations table"],
  ["sessions", "sessions?user=user_1", "#sessions-list table"],
  ["no-session", "sessions", "#sessions-list .empty"],
  ["requests", "requests", "#requests-list table"],
  ["request", "requests/2", "#request-detail pre"],
  ["faults", "faults", "#faults-list table"],
];

const world = new World("accessible");
let browser;

before(async () => {
  browser = await launch();
  await mkdir("screenshots", { recursive: true });
  await world.control("PUT", "state", { users: users(120) });
  await world.control("POST", "sign_in", { user_id: "user_1" });
  const invitation = { email_address: "grace@example.com", role: "org:member" };
  await world.send("POST", "/v1/organizations/org_1/invitations", invitation);
  await world.send("POST", "/v1/users", { email_address: ["user1@example.com"] });
  await world.send("POST", "/v1/users/user_119/ban");
  await world.send("POST", "/v1/users/user_118/lock");
  await world.send("GET", "/v1/users?limit=2");
  await world.control("POST", "faults", { operation: "BanUser", status: 503, times: 2 });
  await world.control("POST", "faults", { operation: "GetUser", kind: "response_lost" });
  await world.send("POST", "/v1/users/user_2/ban");
});
after(() => browser.close());

for (const scheme of ["light", "dark"]) {
  for (const width of [1200, 360]) {
    test(`every view is accessible, ${scheme}, ${width} px wide`, async () => {
      const { page, problems } = await open(browser, world.page, { scheme, width });
      await page.evaluate(axe);
      for (const [name, fragment, selector] of VIEWS) {
        await show(page, fragment, selector);
        await check(page, name, width);
        await page.screenshot({ path: `screenshots/${name}-${scheme}-${width}.png` });
      }
      // The button moves when the sessions arrive, so the test waits for them before it clicks.
      await show(page, "users/user_1", "#user-sessions table");
      await page.click("#delete-user");
      await page.waitForSelector("#confirm[open]");
      await check(page, "confirm", width);
      await page.screenshot({ path: `screenshots/confirm-${scheme}-${width}.png` });
      assert.deepEqual(problems, []);
      await page.close();
    });
  }
}

async function check(page, name, width) {
  const { passes, violations } = await page.evaluate(() => axe.run());
  assert.ok(passes.length > 10, `axe checked only ${passes.length} rules in ${name}`);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
  assert.deepEqual(found, [], name);
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(needed <= width, `${name} needs ${needed} px`);
}
