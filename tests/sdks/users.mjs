// Tests the lifecycle of a user with Clerk's own SDK for JavaScript, against a served fake.

import assert from "node:assert/strict";

import { NAME, client, has, lists, refused } from "./sdk.mjs";

const { users } = client("javascript");

const ada = await users.createUser({
  emailAddress: ["ada@example.com"],
  phoneNumber: ["+15555550100"],
  username: "ada_l",
  firstName: "Ada",
  password: "correct horse battery staple",
  externalId: "js-1",
  publicMetadata: { role: "analyst", engine: { mill: 1, store: 2 } },
});
assert.match(ada.id, /^user_/);
assert.equal(ada.emailAddresses[0].emailAddress, "ada@example.com");
assert.equal(ada.emailAddresses[0].verification.status, "verified");
assert.equal(ada.primaryEmailAddressId, ada.emailAddresses[0].id);
assert.equal(ada.phoneNumbers[0].phoneNumber, "+15555550100");
assert.equal(ada.passwordEnabled, true);
assert.ok(Math.abs(ada.createdAt - Date.now()) < 60_000);
await refused(() => users.createUser({ emailAddress: ["ada@example.com"] }), 422, "form_identifier_exists");

const got = await users.getUser(ada.id);
assert.equal(got.username, "ada_l");
assert.deepEqual(got.publicMetadata, { role: "analyst", engine: { mill: 1, store: 2 } });
await refused(() => users.getUser("user_nobody"), 404, "resource_not_found");

for (const filter of [
  { emailAddress: ["ada@example.com", "nobody@example.com"] },
  { phoneNumber: ["+15555550100"] },
  { username: ["ada_l"] },
  { externalId: ["js-1"] },
  { userId: [ada.id, "user_nobody"] },
  { query: "da@exam" },
]) {
  lists(await users.getUserList({ ...filter, limit: 5 }), [ada.id], JSON.stringify(filter));
}
lists(await users.getUserList({ orderBy: "+created_at" }), ["user_grace", ada.id]);
lists(await users.getUserList({ userId: ["-user_grace"] }), [ada.id]);
assert.equal(await users.getCount(), 2);
assert.equal(await users.getCount({ organizationId: ["org_navy"] }), 1);

const changed = await users.updateUser(ada.id, { lastName: "Lovelace", username: "countess" });
assert.equal(changed.fullName, "Ada Lovelace");
assert.equal(changed.username, "countess");
assert.ok(changed.updatedAt >= changed.createdAt);

const merged = await users.updateUserMetadata(ada.id, {
  publicMetadata: { role: null, engine: { store: 3 } },
  privateMetadata: { plan: "pro" },
});
assert.deepEqual(merged.publicMetadata, { engine: { mill: 1, store: 3 } });
assert.deepEqual(merged.privateMetadata, { plan: "pro" });
if (has("metadataIsReplaced")) {
  const replaced = await users.replaceUserMetadata(ada.id, { publicMetadata: { only: true } });
  assert.deepEqual(replaced.publicMetadata, { only: true });
  assert.deepEqual(replaced.privateMetadata, { plan: "pro" });
}

assert.equal((await users.banUser(ada.id)).banned, true);
assert.equal((await users.unbanUser(ada.id)).banned, false);
assert.equal((await users.lockUser(ada.id)).locked, true);
assert.equal((await users.unlockUser(ada.id)).locked, false);

const password = (password) => users.verifyPassword({ userId: ada.id, password });
assert.equal((await password("correct horse battery staple")).verified, true);
await refused(() => password("wrong"), 422, "incorrect_password");
const code = (code) => users.verifyTOTP({ userId: "user_grace", code });
assert.deepEqual(await code("a-code-for-once"), { verified: true, code_type: "backup_code" });
await refused(() => code("a-code-for-once"), 422, "totp_incorrect_code");

const memberships = await users.getOrganizationMembershipList({ userId: "user_grace" });
assert.equal(memberships.totalCount, 2);
assert.deepEqual(
  memberships.data.map((of) => [of.organization.id, of.role]),
  [["org_navy", "org:admin"], ["org_univac", "org:member"]],
);
const tokens = await users.getUserOauthAccessToken("user_grace", "google");
assert.equal(tokens.data[0].token, "ya29.made-up");
assert.deepEqual(tokens.data[0].scopes, ["openid", "email"]);

const image = await users.updateUserProfileImage(ada.id, { file: new Blob(["GIF89a"], { type: "image/png" }) });
assert.equal(image.hasImage, true);

assert.equal((await users.deleteUser(ada.id)).deleted, true);
await refused(() => users.getUser(ada.id), 404, "resource_not_found");
assert.equal(await users.getCount(), 1);
console.log(`${NAME}: the life of a user`);
