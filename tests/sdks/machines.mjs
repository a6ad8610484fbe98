// Tests API keys, machines and their tokens with Clerk's own SDK for JavaScript, against a served
// fake.

import assert from "node:assert/strict";

import { NAME, client, has, lists, refused } from "./sdk.mjs";

if (!has("machines")) {
  console.log(`${NAME}: has no machines`);
  process.exit();
}
const { apiKeys, authenticateRequest, m2m, machines } = client("javascript");
const gone = (call) => refused(call, 404, "resource_not_found");
const ids = (page, expected) => assert.deepEqual(page.data.map((of) => of.id), expected);

// API keys.

const subject = "user_grace";
const key = await apiKeys.create({
  name: "deploy",
  subject,
  description: "For builds",
  claims: { build: 7 },
  scopes: ["read", "write"],
  createdBy: subject,
  secondsUntilExpiration: 3600,
});
const apiKeyId = key.id;
assert.deepEqual([key.name, key.subject, key.description, key.createdBy], ["deploy", subject, "For builds", subject]);
assert.deepEqual([key.scopes, key.claims], [["read", "write"], { build: 7 }]);
assert.ok(key.expiration > Date.now() && !key.revoked && !key.expired);
const { secret } = await apiKeys.getSecret(apiKeyId);
assert.equal(key.secret, secret);
for (const verified of [await apiKeys.verify(secret), await apiKeys.get(apiKeyId)]) {
  assert.deepEqual([verified.id, verified.subject, verified.scopes], [apiKeyId, subject, ["read", "write"]]);
}
const narrow = await apiKeys.update({ apiKeyId, subject, scopes: ["read"], description: "Less" });
assert.deepEqual([narrow.scopes, narrow.description], [["read"], "Less"]);
lists(await apiKeys.list({ subject }), [apiKeyId]);

const withKey = (value) =>
  authenticateRequest(new Request("https://example.com/", { headers: { authorization: `Bearer ${value}` } }), {
    acceptsToken: "api_key",
  });
const authenticated = (await withKey(secret)).toAuth();
assert.deepEqual([authenticated.isAuthenticated, authenticated.userId, authenticated.scopes], [true, subject, ["read"]]);
assert.equal((await withKey(`${secret}x`)).isAuthenticated, false);

const revoked = await apiKeys.revoke({ apiKeyId, revocationReason: "leaked" });
assert.deepEqual([revoked.revoked, revoked.revocationReason], [true, "leaked"]);
assert.equal((await withKey(secret)).isAuthenticated, false);
lists(await apiKeys.list({ subject }), []);
lists(await apiKeys.list({ subject, includeInvalid: true }), [apiKeyId]);
assert.equal((await apiKeys.delete(apiKeyId)).deleted, true);
await gone(() => apiKeys.get(apiKeyId));

// Machines.

const receiver = await machines.create({ name: "receiver" });
const sender = await machines.create({ name: "sender", scopedMachines: [receiver.id], defaultTokenTtl: 120 });
assert.match(sender.id, /^mch_/);
assert.deepEqual([sender.name, sender.defaultTokenTtl], ["sender", 120]);
assert.deepEqual(sender.scopedMachines.map((of) => of.id), [receiver.id]);
const third = await machines.create({ name: "third" });
const scope = await machines.createScope(third.id, receiver.id);
assert.deepEqual([scope.fromMachineId, scope.toMachineId], [third.id, receiver.id]);
assert.equal((await machines.deleteScope(third.id, receiver.id)).deleted, true);
assert.equal((await machines.update({ machineId: third.id, name: "tertiary" })).name, "tertiary");
assert.equal((await machines.get(third.id)).name, "tertiary");
ids(await machines.list({ orderBy: "+name", query: "er" }), [receiver.id, sender.id, third.id]);
const { secret: machineSecretKey } = await machines.getSecretKey(sender.id);
assert.ok(machineSecretKey.startsWith("ak_"));

// Tokens of machines.

const token = await m2m.createToken({ machineSecretKey, claims: { job: 1 }, secondsUntilExpiration: 60 });
assert.equal(token.subject, sender.id);
assert.deepEqual([token.claims, token.scopes, token.revoked], [{ job: 1 }, [receiver.id], false]);
const { secret: ofReceiver } = await machines.getSecretKey(receiver.id);
const verify = (machineSecretKey) => m2m.verify({ machineSecretKey, token: token.token });
const verified = await verify(ofReceiver);
assert.deepEqual([verified.id, verified.subject, verified.claims], [token.id, sender.id, { job: 1 }]);
ids(await m2m.list({ machineSecretKey, subject: sender.id }), [token.id]);
const ended = await m2m.revokeToken({ machineSecretKey, m2mTokenId: token.id, revocationReason: "done" });
assert.deepEqual([ended.revoked, ended.revocationReason], [true, "done"]);
await gone(() => verify(ofReceiver));
const rotated = await machines.rotateSecretKey({ machineId: sender.id, previousTokenTtl: 0 });
assert.notEqual(rotated.secret, machineSecretKey);
await refused(() => m2m.createToken({ machineSecretKey }), 401, "clerk_key_invalid");
assert.equal((await m2m.createToken({ machineSecretKey: rotated.secret })).subject, sender.id);
await machines.delete(sender.id);
await gone(() => machines.get(sender.id));
await refused(() => m2m.createToken({ machineSecretKey: rotated.secret }), 401, "clerk_key_invalid");
console.log(`${NAME}: API keys and machines`);
