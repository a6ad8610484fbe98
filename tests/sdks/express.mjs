// Protects routes with Clerk's middleware for Express, and requests them with tokens of a served
// fake.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const express = require("express");
const { clerkMiddleware, getAuth, requireAuth } = require("@clerk/express");
const URL = process.env.CLERK_MOCK_URL;

const app = express();
app.use(
  clerkMiddleware({
    apiUrl: URL,
    secretKey: "sk_test_express",
    publishableKey: "pk_test_ZmFrZS5jbGVyay5hY2NvdW50cy5kZXYk",
    telemetry: { disabled: true },
  }),
);
app.get("/api", (request, response) => {
  const { isAuthenticated, userId, has } = getAuth(request);
  if (!isAuthenticated) return response.status(401).json({ error: "unauthenticated" });
  if (!has({ permission: "org:docs:read" })) return response.status(403).json({ error: "forbidden" });
  return response.json({ userId });
});
app.get("/page", requireAuth({ signInUrl: "/sign-in" }), (request, response) => response.send("a page"));

const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

async function signIn(session) {
  const response = await fetch(`${URL}/__clerk_mock/sign_in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user_id: "user_grace", authorized_party: "http://127.0.0.1", ...session }),
  });
  return response.json();
}

async function get(path, headers) {
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  const response = await fetch(url, { headers, redirect: "manual" });
  return [response.status, await response.text(), response.headers.get("location")];
}

const member = await signIn({ organization_id: "org_navy", permissions: ["org:docs:read"] });
const stranger = await signIn({});
const expired = await signIn({ issued_at: new Date(Date.now() - 3_600_000).toISOString() });
const bearer = ({ token }) => ({ authorization: `Bearer ${token}` });
for (const [headers, status] of [
  [{}, 401],
  [{ authorization: "Bearer x.y.z" }, 401],
  [bearer(expired), 401],
  [bearer(stranger), 403],
  [bearer(member), 200],
  [{ cookie: member.cookie }, 200],
]) {
  const [got, body] = await get("/api", headers);
  assert.equal(got, status, body);
  assert.ok(got !== 200 || JSON.parse(body).userId === "user_grace");
}
assert.deepEqual(await get("/page", bearer(member)), [200, "a page", null]);
const [status, , location] = await get("/page", {});
assert.deepEqual([status, location], [302, "/sign-in"]);
server.close();
console.log("the SDK for Express: protected routes");
process.exit();
