// Tests what belongs to an instance, such as invitations, the allow-list, tokens, domains and
// settings, with Clerk's own SDK for JavaScript, against a served fake.

import assert from "node:assert/strict";

import { NAME, client, has, lists, refused } from "./sdk.mjs";

const clerk = client("javascript");
const gone = (call) => refused(call, 404, "resource_not_found");
const userId = "user_grace";

// E-mail addresses and phone numbers.

const { emailAddresses, phoneNumbers, users } = clerk;
const work = await emailAddresses.createEmailAddress({ userId, emailAddress: "Work@example.com", verified: true });
assert.match(work.id, /^idn_/);
assert.deepEqual([work.emailAddress, work.verification.status], ["work@example.com", "verified"]);
const other = { userId, emailAddress: "other@example.com", verified: false };
const unverified = await emailAddresses.createEmailAddress(other);
assert.notEqual(unverified.verification?.status, "verified");
await refused(() => emailAddresses.createEmailAddress(other), 422, "form_identifier_exists");
const updated = await emailAddresses.updateEmailAddress(unverified.id, { verified: true, primary: true });
assert.equal(updated.verification.status, "verified");
assert.equal((await users.getUser(userId)).primaryEmailAddressId, unverified.id);
assert.equal((await emailAddresses.getEmailAddress(work.id)).emailAddress, "work@example.com");
assert.equal((await emailAddresses.deleteEmailAddress(work.id)).deleted, true);
await gone(() => emailAddresses.getEmailAddress(work.id));

const phone = await phoneNumbers.createPhoneNumber({ userId, phoneNumber: "+15555550101", verified: true, primary: true });
assert.deepEqual([phone.phoneNumber, phone.verification.status], ["+15555550101", "verified"]);
assert.equal((await users.getUser(userId)).primaryPhoneNumberId, phone.id);
assert.equal((await phoneNumbers.updatePhoneNumber(phone.id, { reservedForSecondFactor: true })).reservedForSecondFactor, true);
assert.equal((await phoneNumbers.getPhoneNumber(phone.id)).phoneNumber, "+15555550101");
assert.equal((await phoneNumbers.deletePhoneNumber(phone.id)).deleted, true);
await gone(() => phoneNumbers.getPhoneNumber(phone.id));

if (has("identifiersAreReplaced")) {
  const email = await users.replaceUserEmailAddress(userId, { emailAddress: "only@example.com" });
  const called = await users.replaceUserPhoneNumber(userId, { phoneNumber: "+15555550102" });
  const replaced = await users.getUser(userId);
  assert.deepEqual([email.emailAddress, called.phoneNumber], ["only@example.com", "+15555550102"]);
  assert.deepEqual(replaced.emailAddresses.map((of) => of.id), [email.id]);
  assert.deepEqual(replaced.phoneNumbers.map((of) => of.id), [called.id]);
}

// Invitations to the application, and its waitlist.

const { invitations, waitlistEntries } = clerk;
const redirectUrl = "https://example.com/welcome";
const publicMetadata = { team: "logic" };
const invitation = await invitations.createInvitation({ emailAddress: "alan@example.com", redirectUrl, publicMetadata, expiresInDays: 7 });
assert.match(invitation.id, /^inv_/);
assert.deepEqual([invitation.emailAddress, invitation.status], ["alan@example.com", "pending"]);
assert.deepEqual(invitation.publicMetadata, publicMetadata);
await refused(() => invitations.createInvitation({ emailAddress: "alan@example.com" }), 400, "duplicate_record");
assert.equal((await invitations.revokeInvitation(invitation.id)).status, "revoked");
if (has("bulkInvitations")) {
  const addresses = ["joan@example.com", "kay@example.com"];
  const bulk = await invitations.createInvitationBulk(addresses.map((emailAddress) => ({ emailAddress })));
  assert.deepEqual(bulk.map((of) => [of.emailAddress, of.status]), addresses.map((of) => [of, "pending"]));
  lists(await invitations.getInvitationList({ status: "pending", orderBy: "+email_address" }), bulk.map((of) => of.id));
  lists(await invitations.getInvitationList({ query: "joan" }), [bulk[0].id]);
}
lists(await invitations.getInvitationList({ status: "revoked" }), [invitation.id]);
if (has("invitationsAreDeleted")) {
  assert.equal((await invitations.deleteInvitation(invitation.id)).deleted, true);
  lists(await invitations.getInvitationList({ status: "revoked" }), []);
}

const entry = await waitlistEntries.create({ emailAddress: "mary@example.com" });
assert.deepEqual([entry.emailAddress, entry.status], ["mary@example.com", "pending"]);
lists(await waitlistEntries.list({ query: "mary", status: "pending" }), [entry.id]);
if (has("waitlistIsManaged")) {
  const [jean, dot] = await waitlistEntries.createBulk([{ emailAddress: "jean@example.com" }, { emailAddress: "dot@example.com" }]);
  const invited = await waitlistEntries.invite(jean.id);
  assert.deepEqual([invited.id, invited.status, invited.invitation.status], [jean.id, "invited", "pending"]);
  assert.equal((await waitlistEntries.reject(dot.id)).status, "rejected");
  assert.equal((await waitlistEntries.delete(entry.id)).deleted, true);
  lists(await waitlistEntries.list({ orderBy: "+email_address" }), [dot.id, jean.id]);
}

// Lists of identifiers, and redirect URLs.

const { allowlistIdentifiers: allowed, blocklistIdentifiers: blocked, redirectUrls } = clerk;
const allow = await allowed.createAllowlistIdentifier({ identifier: "*@example.com", notify: false });
assert.equal(allow.identifier, "*@example.com");
lists(await allowed.getAllowlistIdentifierList(), [allow.id]);
assert.equal((await allowed.deleteAllowlistIdentifier(allow.id)).deleted, true);
lists(await allowed.getAllowlistIdentifierList(), []);
const block = await blocked.createBlocklistIdentifier({ identifier: "eve@example.com" });
assert.deepEqual([block.identifier, block.identifierType], ["eve@example.com", "email_address"]);
lists(await blocked.getBlocklistIdentifierList(), [block.id]);
assert.equal((await blocked.deleteBlocklistIdentifier(block.id)).deleted, true);
const redirect = await redirectUrls.createRedirectUrl({ url: "my-app://callback" });
assert.equal(redirect.url, "my-app://callback");
assert.equal((await redirectUrls.getRedirectUrl(redirect.id)).url, "my-app://callback");
lists(await redirectUrls.getRedirectUrlList(), [redirect.id]);
await redirectUrls.deleteRedirectUrl(redirect.id);
await gone(() => redirectUrls.getRedirectUrl(redirect.id));

// Tokens for signing in.

const { actorTokens, agentTasks, signInTokens, testingTokens } = clerk;
const ticket = await signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
assert.deepEqual([ticket.userId, ticket.status], [userId, "pending"]);
assert.ok(ticket.token && ticket.url.includes(ticket.token));
assert.equal((await signInTokens.revokeSignInToken(ticket.id)).status, "revoked");
const actor = await actorTokens.create({ userId, actor: { sub: "user_support" }, expiresInSeconds: 60 });
assert.deepEqual([actor.userId, actor.actor, actor.status], [userId, { sub: "user_support" }, "pending"]);
assert.equal((await actorTokens.revoke(actor.id)).status, "revoked");
assert.ok((await testingTokens.createTestingToken()).token);
if (has("agentTasks")) {
  const task = await agentTasks.create({
    onBehalfOf: { userId },
    permissions: "*",
    agentName: "compiler",
    taskDescription: "Compile",
    redirectUrl,
  });
  assert.ok(task.url && (task.agentTaskId ?? task.taskId));
}

// JWT templates, OAuth applications and domains.

const { domains, instance, jwtTemplates, oauthApplications } = clerk;
const claims = { role: "{{user.public_metadata.role}}" };
const template = await jwtTemplates.create({ name: "hasura", claims, lifetime: 600, allowedClockSkew: 10 });
assert.deepEqual([template.name, template.claims, template.lifetime], ["hasura", claims, 600]);
const { id: templateId } = template;
const renamed = await jwtTemplates.update({ templateId, name: "supabase", claims: { aud: "db" } });
assert.deepEqual([renamed.name, renamed.claims], ["supabase", { aud: "db" }]);
assert.equal((await jwtTemplates.get(templateId)).name, "supabase");
lists(await jwtTemplates.list(), [templateId]);
assert.equal((await jwtTemplates.delete(templateId)).deleted, true);
await gone(() => jwtTemplates.get(templateId));

const redirectUris = ["https://example.com/callback"];
const application = await oauthApplications.create({ name: "Looms", redirectUris, scopes: "profile email", public: false });
assert.deepEqual([application.name, application.redirectUris, application.scopes], ["Looms", redirectUris, "profile email"]);
assert.ok(application.clientId && application.clientSecret);
const { id: oauthApplicationId } = application;
const secret = (await oauthApplications.rotateSecret(oauthApplicationId)).clientSecret;
assert.ok(secret && secret !== application.clientSecret);
assert.equal((await oauthApplications.update({ oauthApplicationId, name: "Mills" })).name, "Mills");
assert.equal((await oauthApplications.get(oauthApplicationId)).name, "Mills");
lists(await oauthApplications.list(), [oauthApplicationId]);
assert.equal((await oauthApplications.delete(oauthApplicationId)).deleted, true);
await gone(() => oauthApplications.get(oauthApplicationId));

const satellite = await domains.add({ name: "satellite.example", is_satellite: true, proxy_url: "https://satellite.example/clerk" });
assert.deepEqual([satellite.name, satellite.isSatellite], ["satellite.example", true]);
assert.ok((await domains.list()).data.some((of) => of.id === satellite.id));
assert.equal((await domains.update({ domainId: satellite.id, name: "moon.example" })).name, "moon.example");
assert.equal((await domains.delete(satellite.id)).deleted, true);

await instance.update({ supportEmail: "help@example.com" });
assert.equal((await instance.get()).environmentType, "development");
const restrictions = await instance.updateRestrictions({ allowlist: true, blocklist: false });
assert.deepEqual([restrictions.allowlist, restrictions.blocklist], [true, false]);
const settings = await instance.updateOrganizationSettings({ enabled: true, maxAllowedMemberships: 9 });
assert.deepEqual([settings.enabled, settings.maxAllowedMemberships], [true, 9]);
console.log(`${NAME}: what belongs to the instance`);
