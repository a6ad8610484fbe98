// Tests Clerk's own command-line program against a served fake. The test creates and lists users,
// and calls endpoints.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

const env = {
  ...process.env,
  CLERK_BACKEND_API_URL: process.env.CLERK_MOCK_URL,
  CLERK_SECRET_KEY: "sk_test_cli",
  CLERK_CONFIG_DIR: `${process.cwd()}/config`,
  CLERK_MODE: "agent",
  CLERK_NO_UPDATE_CHECK: "1",
  CLERK_TELEMETRY_DISABLED: "1",
};
const clerk = (...parameters) =>
  execFileSync("node_modules/.bin/clerk", parameters, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const api = (method, path, body) =>
  JSON.parse(clerk("api", path, "--method", method, "--yes", ...(body ? ["--data", JSON.stringify(body)] : [])));
/** Asserts that a call fails, and that the program prints an error of Clerk with this code. */
const refused = (call, code) => assert.throws(call, ({ stdout }) => JSON.parse(stdout).errors[0].code === code);

const ada = JSON.parse(
  clerk("users", "create", "--email", "ada@example.com", "--first-name", "Ada", "--external-id", "1815", "--json", "--yes"),
);
assert.match(ada.id, /^user_/);
refused(() => clerk("users", "create", "--email", "ada@example.com", "--yes"), "form_identifier_exists");
for (const filter of [["--email-address", "ada@example.com"], ["--external-id", "1815"]]) {
  const { data } = JSON.parse(clerk("users", "list", ...filter, "--json"));
  assert.deepEqual(data.map((user) => user.id), [ada.id]);
}

const { id } = api("POST", "/organizations", { name: "Engines", slug: "engines", created_by: ada.id });
assert.equal(api("GET", "/organizations/engines").id, id);
const membership = api("POST", `/organizations/${id}/memberships`, { user_id: "user_grace", role: "org:member" });
assert.equal(membership.role, "org:member");
assert.equal(api("GET", `/organizations/${id}/memberships`).total_count, 2);

const session = api("POST", "/sessions", { user_id: ada.id });
assert.equal(api("POST", `/sessions/${session.id}/revoke`).status, "revoked");
assert.equal(api("DELETE", `/organizations/${id}`).deleted, true);
assert.equal(api("DELETE", `/users/${ada.id}`).deleted, true);
refused(() => api("GET", `/users/${ada.id}`), "resource_not_found");
console.log(`clerk ${clerk("--version").trim()}: users, organizations and sessions`);
