// Tests the authentication of requests by Clerk's own SDK for JavaScript, with tokens of a served
// fake.

import assert from "node:assert/strict";

import { NAME, client, control, has, refused as rejected } from "./sdk.mjs";

const clerk = client("javascript");

const session = {
  user_id: "user_grace",
  organization_id: "org_navy",
  permissions: ["org:docs:read", "org:docs:write", "org:invoices:write"],
  features: ["u:gold"],
  plans: ["o:pro"],
  factor_ages: [3, null],
  authorized_party: "https://example.com",
};
const signIn = (changes) => control("POST", "sign_in", { ...session, ...changes });

const authenticate = (headers, options, of = clerk) =>
  of.authenticateRequest(new Request("https://example.com/", { headers }), {
    authorizedParties: ["https://example.com"],
    ...options,
  });
const byHeader = ({ token }, options, of) => authenticate({ authorization: `Bearer ${token}` }, options, of);
const byCookie = ({ cookie }, options, of) => authenticate({ cookie }, options, of);

// Requests that are accepted.

const signedIn = await signIn();
const { jwt_key: jwtKey } = await control("GET", "jwt_key");
for (const state of [
  await byHeader(signedIn),
  await byCookie(signedIn),
  await byHeader(signedIn, { jwtKey }),
  await byCookie(signedIn, { jwtKey }),
]) {
  assert.equal(state.status, "signed-in", state.reason);
  const auth = state.toAuth();
  assert.equal(auth.userId, "user_grace");
  assert.equal(auth.sessionId, signedIn.session_id);
  assert.equal(auth.sessionStatus, "active");
  assert.equal(auth.orgId, "org_navy");
  assert.equal(auth.orgRole, "org:admin");
  assert.deepEqual(auth.orgPermissions.toSorted(), session.permissions);
  for (const [condition, expected] of [
    [{ role: "org:admin" }, true],
    [{ role: "org:member" }, false],
    [{ permission: "org:docs:write" }, true],
    [{ permission: "org:invoices:read" }, false],
    [{ feature: "u:gold" }, true],
    [{ feature: "o:docs" }, true],
    [{ feature: "o:gold" }, !has("scopesAreCompared")],
    [{ plan: "o:pro" }, true],
    [{ plan: "u:pro" }, !has("scopesAreCompared")],
    [{ reverification: "strict" }, true],
    [{ reverification: { level: "first_factor", afterMinutes: 3 } }, false],
  ]) {
    assert.equal(auth.has(condition), expected, JSON.stringify(condition));
  }
}

// The Backend API also creates tokens. They have no origin in the claim `azp`.

const created = await clerk.sessions.createSession({ userId: "user_grace" });
assert.deepEqual([created.status, created.userId], ["active", "user_grace"]);
const { jwt } = await clerk.sessions.getToken(created.id);
const backend = await byHeader({ token: jwt }, { authorizedParties: undefined });
assert.equal(backend.toAuth().sessionId, created.id);
const template = await clerk.sessions.getToken(created.id, "hasura", 3600);
const ofTemplate = await byHeader({ token: template.jwt }, { authorizedParties: undefined });
assert.equal(ofTemplate.status, has("sessionIsRequired") ? "signed-out" : "signed-in");
assert.equal((await clerk.sessions.getSession(created.id)).id, created.id);
const list = await clerk.sessions.getSessionList({ userId: "user_grace", status: "active" });
assert.deepEqual(list.data.map((of) => of.id), [created.id, signedIn.session_id]);
assert.equal(list.totalCount, 2);
assert.equal((await clerk.clients.getClient(created.clientId)).sessionIds[0], created.id);

// Requests that are refused.

const refused = async (state, reason) => {
  const { status, reason: got } = await state;
  assert.notEqual(status, "signed-in");
  assert.equal(got, reason);
};
await refused(authenticate({}), "dev-browser-missing");
await refused(byHeader(await signIn({ authorized_party: "https://evil.example" })), "token-invalid-authorized-parties");
const pending = await byHeader(await signIn({ pending: true }));
assert.equal(pending.toAuth().userId, null);
assert.equal(pending.toAuth({ treatPendingAsSignedOut: false }).sessionStatus, "pending");
const longAgo = new Date(Date.now() - 3_600_000).toISOString();
const expired = await signIn({ issued_at: longAgo });
const reason = "session-token-expired-refresh-non-eligible-no-refresh-cookie";
await refused(byHeader(expired), reason);
await refused(byCookie(expired), reason);

await control("POST", "rotate_signing_key");
const other = client("rotated");
// In older versions of the SDK, `other` would still use the key that the first client has cached.
if (has("keysAreCachedByClient")) {
  await refused(byHeader(signedIn, {}, other), "jwk-kid-mismatch");
  await refused(byCookie(signedIn, {}, other), "jwk-kid-mismatch");
}
const rotated = await signIn();
assert.equal((await byHeader(rotated, {}, other)).status, "signed-in");
await refused(byHeader(rotated, { jwtKey }), "token-invalid-signature");

const revoked = await clerk.sessions.revokeSession(created.id);
assert.equal(revoked.status, "revoked");
for (const id of [created.id, signedIn.session_id]) {
  if (id === signedIn.session_id) {
    await clerk.users.banUser("user_grace");
  }
  await rejected(() => clerk.sessions.getToken(id), 404, "resource_not_found");
}
console.log(`${NAME}: session tokens`);
