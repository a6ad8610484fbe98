// Functions that the scripts share: a client of the SDK for JavaScript, and the features that each
// version of the SDK has.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { createClerkClient } = require("@clerk/backend");
const { version } = JSON.parse(readFileSync("node_modules/@clerk/backend/package.json"));
const major = Number(version.split(".")[0]);

// The major version that adds each feature of the SDK. Version 1 has all other features.
const SINCE = {
  agentTasks: 2,
  bulkInvitations: 2,
  identifiersAreReplaced: 3,
  invitationsAreDeleted: 3,
  keysAreCachedByClient: 3,
  machines: 2,
  metadataIsReplaced: 3,
  rolesAndPermissions: 3,
  scopesAreCompared: 3,
  sessionIsRequired: 3,
  waitlistIsManaged: 2,
};

/** Whether this version of the SDK has a feature. */
export function has(part) {
  assert.ok(part in SINCE, part);
  return major >= SINCE[part];
}

export const URL = process.env.CLERK_MOCK_URL;
export const NAME = `@clerk/backend ${version}`;

/**
 * Returns a client with its own secret key, because newer versions of the SDK cache signing keys by
 * secret key.
 */
export function client(name) {
  return createClerkClient({
    apiUrl: URL,
    secretKey: `sk_test_${name}`,
    publishableKey: "pk_test_ZmFrZS5jbGVyay5hY2NvdW50cy5kZXYk",
    telemetry: { disabled: true },
  });
}

/** Asserts that a call is refused. */
export async function refused(call, status, code) {
  await assert.rejects(call, (error) => {
    assert.equal(error.status, status);
    assert.equal(error.errors[0].code, code);
    assert.ok(error.clerkTraceId);
    return true;
  });
}

/** Asserts that a page has these items, in this order, and that they are the whole list. */
export function lists(page, ids, what) {
  assert.deepEqual(page.data.map((item) => item.id), ids, what);
  assert.equal(page.totalCount, ids.length, what);
}

/** Sends a request that controls the fake. */
export async function control(method, path, body) {
  const response = await fetch(`${URL}/__clerk_mock/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const json = await response.json();
  assert.equal(response.status, 200, JSON.stringify(json));
  return json;
}
