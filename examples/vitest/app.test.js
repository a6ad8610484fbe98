// Tests `invite` and `userOf`, two functions of an application on Clerk's SDK.

import { createClerkClient } from "@clerk/backend";
import { expect } from "vitest";
import { test } from "./clerk-mock.js";

const publishableKey = "pk_test_ZmFrZS5jbGVyay5hY2NvdW50cy5kZXYk";

/** Creates a user. Returns the id, or Clerk's error code if the creation fails. */
async function invite(clerk, emailAddress) {
  try {
    const user = { emailAddress: [emailAddress], password: "open sesame 7" };
    return (await clerk.users.createUser(user)).id;
  } catch (error) {
    return error.errors[0].code;
  }
}

async function userOf(clerk, token, jwtKey) {
  const headers = { authorization: `Bearer ${token}` };
  const request = new Request("https://example.com/", { headers });
  const state = await clerk.authenticateRequest(request, { jwtKey });
  return state.toAuth()?.userId ?? null;
}

function clerkOf({ url: apiUrl }) {
  const telemetry = { disabled: true };
  return createClerkClient({ apiUrl, secretKey: "sk_test_any", publishableKey, telemetry });
}

test("a new user is invited", async ({ clerkMock }) => {
  const clerk = clerkOf(clerkMock);
  const user = await clerk.users.getUser(await invite(clerk, "ada@example.com"));
  expect(user.emailAddresses[0].emailAddress).toBe("ada@example.com");
  await clerkMock.expectRequested({ operation: "CreateUser", path: "/v1/users" });
  const { requests } = await clerkMock.control("GET", "requests");
  expect(requests.map(({ status }) => status)).toEqual([200, 200]);
  expect(requests[0].request.body.password).toBe("[hidden]");
});

test("a known user is not invited again", async ({ clerkMock }) => {
  await clerkMock.control("POST", "seed", { users: [{ email_address: ["ada@example.com"] }] });
  expect(await invite(clerkOf(clerkMock), "ada@example.com")).toBe("form_identifier_exists");
});

test("a leaked password is reported", async ({ clerkMock }) => {
  const fault = { operation: "CreateUser", times: 1, status: 422, code: "form_password_pwned" };
  await clerkMock.control("POST", "faults", fault);
  const clerk = clerkOf(clerkMock);
  expect(await invite(clerk, "ada@example.com")).toBe("form_password_pwned");
  expect(await invite(clerk, "ada@example.com")).toMatch(/^user_/);
});

test("a token is accepted until it expires", async ({ clerkMock }) => {
  await clerkMock.control("POST", "seed", { users: [{ id: "user_ada" }] });
  const { jwt_key: jwtKey } = await clerkMock.control("GET", "jwt_key");
  for (const [issued_at, accepted] of [
    [null, "user_ada"],
    ["2026-01-01T00:00:00Z", null],
  ]) {
    const session = { user_id: "user_ada", issued_at };
    const { token } = await clerkMock.control("POST", "sign_in", session);
    expect(await userOf(clerkOf(clerkMock), token, jwtKey)).toBe(accepted);
  }
});

test("a lock ends after an hour", async ({ clerkMock }) => {
  await clerkMock.control("POST", "seed", { users: [{ id: "user_ada" }] });
  const clerk = clerkOf(clerkMock);
  expect((await clerk.users.lockUser("user_ada")).locked).toBe(true);
  await clerkMock.control("POST", "clock", { advance_seconds: 3600 });
  expect((await clerk.users.getUser("user_ada")).locked).toBe(false);
});
