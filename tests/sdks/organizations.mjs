// Tests the lifecycle of an organization with Clerk's own SDK for JavaScript, against a served
// fake.

import assert from "node:assert/strict";

import { NAME, client, control, has, lists, refused } from "./sdk.mjs";

const clerk = client("javascript");
const { organizations, users } = clerk;
const ada = await users.createUser({ emailAddress: ["ada@example.com"], firstName: "Ada", username: "ada_l" });
const kay = await users.createUser({ emailAddress: ["kay@example.com"], firstName: "Kay" });

// The organization.

const engines = await organizations.createOrganization({
  name: "Engines",
  slug: "engines",
  createdBy: ada.id,
  maxAllowedMemberships: 6,
  publicMetadata: { tier: { seats: 5, since: 1843 } },
  privateMetadata: { account: "42" },
});
const organizationId = engines.id;
assert.match(organizationId, /^org_/);
assert.deepEqual([engines.name, engines.slug, engines.createdBy], ["Engines", "engines", ada.id]);
assert.equal(engines.maxAllowedMemberships, 6);
assert.deepEqual(engines.publicMetadata, { tier: { seats: 5, since: 1843 } });
assert.deepEqual(engines.privateMetadata, { account: "42" });
assert.ok(Math.abs(engines.createdAt - Date.now()) < 60_000);
await refused(() => organizations.createOrganization({ name: "Other", slug: "engines" }), 422, "form_identifier_exists");
await refused(() => organizations.getOrganization({ organizationId: "org_none" }), 404, "resource_not_found");

for (const by of [{ organizationId }, { slug: "engines" }]) {
  const got = await organizations.getOrganization({ ...by, includeMembersCount: true });
  assert.deepEqual([got.id, got.name, got.membersCount], [organizationId, "Engines", 1]);
}
for (const filter of [{ query: "engin" }, { query: organizationId }, { organizationId: [organizationId, "org_none"] }]) {
  lists(await organizations.getOrganizationList(filter), [organizationId], JSON.stringify(filter));
}
const byName = await organizations.getOrganizationList({ orderBy: "+name", limit: 1, includeMembersCount: true });
assert.deepEqual([byName.data[0].id, byName.data[0].membersCount, byName.totalCount], [organizationId, 1, 3]);

const updated = await organizations.updateOrganization(organizationId, {
  name: "Analytical Engines",
  slug: "analytical-engines",
  adminDeleteEnabled: false,
  maxAllowedMemberships: 7,
});
assert.deepEqual([updated.name, updated.slug], ["Analytical Engines", "analytical-engines"]);
assert.deepEqual([updated.adminDeleteEnabled, updated.maxAllowedMemberships], [false, 7]);
const merged = await organizations.updateOrganizationMetadata(organizationId, {
  publicMetadata: { tier: { seats: 6, since: null } },
  privateMetadata: { plan: "pro" },
});
assert.deepEqual(merged.publicMetadata, { tier: { seats: 6 } });
assert.deepEqual(merged.privateMetadata, { account: "42", plan: "pro" });
// Older versions of the SDK use an older API version, in which an update replaces metadata.
const publicMetadata = { only: true };
const replaced = has("metadataIsReplaced")
  ? await organizations.replaceOrganizationMetadata(organizationId, { publicMetadata })
  : await organizations.updateOrganization(organizationId, { publicMetadata });
assert.deepEqual(replaced.publicMetadata, { only: true });
assert.deepEqual(replaced.privateMetadata, { account: "42", plan: "pro" });

const file = new Blob(["GIF89a"], { type: "image/png" });
const logo = await organizations.updateOrganizationLogo(organizationId, { file, uploaderUserId: ada.id });
assert.equal(logo.hasImage, true);
assert.ok(logo.imageUrl);
assert.equal((await organizations.deleteOrganizationLogo(organizationId)).hasImage, false);

// The members of the organization.

const member = await organizations.createOrganizationMembership({ organizationId, userId: kay.id, role: "org:member" });
assert.match(member.id, /^orgmem_/);
assert.deepEqual([member.organization.id, member.role], [organizationId, "org:member"]);
assert.deepEqual(
  [member.publicUserData.userId, member.publicUserData.identifier, member.publicUserData.firstName],
  [kay.id, "kay@example.com", "Kay"],
);
const twice = { organizationId, userId: kay.id, role: "org:member" };
await refused(() => organizations.createOrganizationMembership(twice), 400, "already_a_member_in_organization");
const promoted = await organizations.updateOrganizationMembership({ ...twice, role: "org:admin" });
assert.deepEqual([promoted.id, promoted.role], [member.id, "org:admin"]);
assert.ok(promoted.permissions.includes("org:sys_memberships:manage"));
await refused(() => organizations.updateOrganizationMembership({ ...twice, role: "org:none" }), 404, "resource_not_found");
assert.equal((await organizations.updateOrganizationMembership(twice)).role, "org:member");
for (const [sent, held] of [[{ desk: 1, floor: 2 }, { desk: 1, floor: 2 }], [{ desk: null }, { floor: 2 }]]) {
  const changed = { organizationId, userId: kay.id, publicMetadata: sent, privateMetadata: sent };
  const { publicMetadata, privateMetadata } = await organizations.updateOrganizationMembershipMetadata(changed);
  assert.deepEqual([publicMetadata, privateMetadata], [held, held]);
}

const [{ id: creation }] = (await organizations.getOrganizationMembershipList({ organizationId, userId: [ada.id] })).data;
for (const [filter, ids] of [
  [{ orderBy: "+first_name" }, [creation, member.id]],
  [{ orderBy: "-email_address" }, [member.id, creation]],
  [{ role: ["org:member"] }, [member.id]],
  [{ role: ["org:admin", "org:member"], orderBy: "+created_at" }, [creation, member.id]],
  [{ userId: [kay.id] }, [member.id]],
  [{ emailAddress: ["kay@example.com", "nobody@example.com"] }, [member.id]],
  [{ username: ["ada_l"] }, [creation]],
  [{ query: "kay" }, [member.id]],
  [{ createdAtAfter: Date.now() + 60_000 }, []],
]) {
  lists(await organizations.getOrganizationMembershipList({ organizationId, ...filter }), ids, JSON.stringify(filter));
}
const paged = await organizations.getOrganizationMembershipList({ organizationId, orderBy: "+first_name", limit: 1, offset: 1 });
assert.deepEqual([paged.data.length, paged.data[0].id, paged.totalCount], [1, member.id, 2]);
assert.equal((await organizations.getInstanceOrganizationMembershipList({ limit: 10 })).totalCount, 4);
assert.equal(await users.getCount({ organizationId: [organizationId] }), 2);
lists(await users.getUserList({ organizationId: [organizationId], orderBy: "+created_at" }), [ada.id, kay.id]);

// The invitations of the organization.

const invite = (emailAddress, changes) => ({ emailAddress, role: "org:member", inviterUserId: ada.id, ...changes });
const invitation = await organizations.createOrganizationInvitation({
  organizationId,
  ...invite("alan@example.com", { expiresInDays: 7, redirectUrl: "https://example.com/joined" }),
  publicMetadata: { team: "logic" },
  privateMetadata: { source: "test" },
});
assert.match(invitation.id, /^orginv_/);
assert.deepEqual([invitation.emailAddress, invitation.role], ["alan@example.com", "org:member"]);
assert.deepEqual([invitation.organizationId, invitation.status], [organizationId, "pending"]);
assert.deepEqual([invitation.publicMetadata, invitation.privateMetadata], [{ team: "logic" }, { source: "test" }]);
const again = { organizationId, ...invite("alan@example.com") };
await refused(() => organizations.createOrganizationInvitation(again), 400, "organization_invitation_not_unique");
const bulk = await organizations.createOrganizationInvitationBulk(organizationId, [
  invite("grace@example.com", { role: "org:admin" }),
  invite("joan@example.com"),
]);
assert.deepEqual(
  bulk.data.map((of) => [of.emailAddress, of.role, of.status]),
  [["grace@example.com", "org:admin", "pending"], ["joan@example.com", "org:member", "pending"]],
);
const [ofGrace, ofJoan] = bulk.data;
const invitationId = invitation.id;
const read = await organizations.getOrganizationInvitation({ organizationId, invitationId });
assert.deepEqual([read.id, read.emailAddress], [invitationId, "alan@example.com"]);
const revoked = await organizations.revokeOrganizationInvitation({ organizationId, invitationId, requestingUserId: ada.id });
assert.deepEqual([revoked.id, revoked.status], [invitationId, "revoked"]);
const revocation = () => organizations.revokeOrganizationInvitation({ organizationId, invitationId });
await refused(revocation, 404, "organization_invitation_not_pending");
for (const [status, ids] of [
  [["pending"], [ofJoan.id, ofGrace.id]],
  [["revoked"], [invitationId]],
  [["accepted"], []],
  [["pending", "revoked"], [ofJoan.id, ofGrace.id, invitationId]],
]) {
  const list = await organizations.getOrganizationInvitationList({ organizationId, status });
  assert.deepEqual(list.data.map((of) => of.id).sort(), ids.toSorted(), status.join());
}
const ofUser = await users.getOrganizationInvitationList({ userId: "user_grace", status: "pending" });
lists(ofUser, [ofGrace.id]);
assert.deepEqual(ofUser.data[0].publicOrganizationData.id, organizationId);

// The domains of the organization. The SDK does not decode them.

const name = "engines.example";
const domain = await organizations.createOrganizationDomain({ organizationId, name, enrollmentMode: "manual_invitation", verified: true });
assert.deepEqual([domain.name, domain.enrollment_mode, domain.organization_id], [name, "manual_invitation", organizationId]);
assert.equal(domain.verification.status, "verified");
const domainId = domain.id;
const mode = { enrollmentMode: "automatic_suggestion", verified: false };
const suggested = await organizations.updateOrganizationDomain({ organizationId, domainId, ...mode });
assert.deepEqual([suggested.id, suggested.enrollment_mode], [domainId, "automatic_suggestion"]);
lists(await organizations.getOrganizationDomainList({ organizationId }), [domainId]);
await organizations.deleteOrganizationDomain({ organizationId, domainId });
lists(await organizations.getOrganizationDomainList({ organizationId }), []);

// Roles, permissions and sets of roles.

if (has("rolesAndPermissions")) {
  const { organizationPermissions: permissions, organizationRoles: roles, roleSets } = clerk;
  const permission = await permissions.createOrganizationPermission({ name: "Read docs", key: "org:docs:read", description: "All" });
  assert.deepEqual([permission.name, permission.key, permission.description], ["Read docs", "org:docs:read", "All"]);
  const { id: permissionId } = permission;
  assert.equal((await permissions.updateOrganizationPermission({ permissionId, name: "Read" })).name, "Read");
  assert.equal((await permissions.getOrganizationPermission(permissionId)).name, "Read");
  lists(await permissions.getOrganizationPermissionList({ query: "docs" }), [permissionId]);

  const role = await roles.createOrganizationRole({ name: "Reader", key: "org:reader", description: "Reads", permissions: [] });
  assert.deepEqual([role.name, role.key, role.description, role.permissions], ["Reader", "org:reader", "Reads", []]);
  const { id: organizationRoleId } = role;
  const pair = { organizationRoleId, permissionId };
  const assigned = await roles.assignPermissionToOrganizationRole(pair);
  assert.deepEqual(assigned.permissions.map((of) => of.key), ["org:docs:read"]);
  const reader = await organizations.updateOrganizationMembership({ ...twice, role: "org:reader" });
  assert.deepEqual([reader.role, reader.permissions], ["org:reader", ["org:docs:read"]]);
  assert.deepEqual((await roles.removePermissionFromOrganizationRole(pair)).permissions, []);
  assert.equal((await roles.updateOrganizationRole({ organizationRoleId, name: "Scholar" })).name, "Scholar");
  assert.equal((await roles.getOrganizationRole(organizationRoleId)).name, "Scholar");
  lists(await roles.getOrganizationRoleList({ query: "scholar" }), [organizationRoleId]);

  const set = await roleSets.createRoleSet({
    name: "Schools",
    key: "role_set:schools",
    defaultRoleKey: "org:reader",
    creatorRoleKey: "org:admin",
    roles: ["org:reader", "org:admin"],
  });
  assert.deepEqual([set.name, set.key], ["Schools", "role_set:schools"]);
  assert.deepEqual(set.roles.map((of) => of.key).sort(), ["org:admin", "org:reader"]);
  assert.deepEqual([set.defaultRole.key, set.creatorRole.key], ["org:reader", "org:admin"]);
  assert.equal((await roleSets.getRoleSet("role_set:schools")).id, set.id);
  const more = await roleSets.addRolesToRoleSet({ roleSetKeyOrId: set.id, roleKeys: ["org:member"] });
  assert.equal(more.roles.length, 3);
  assert.equal((await roleSets.updateRoleSet({ roleSetKeyOrId: set.id, name: "Colleges" })).name, "Colleges");

  await organizations.updateOrganizationMembership(twice);
  const unused = await roleSets.replaceRoleInRoleSet({ roleSetKeyOrId: set.id, roleKey: "org:reader", toRoleKey: "org:member" });
  assert.deepEqual(unused.roles.map((of) => of.key).sort(), ["org:admin", "org:member"]);
  assert.equal((await roles.deleteOrganizationRole(organizationRoleId)).deleted, true);
  await refused(() => roles.getOrganizationRole(organizationRoleId), 404, "resource_not_found");
  assert.equal((await permissions.deleteOrganizationPermission(permissionId)).deleted, true);
  await refused(() => permissions.getOrganizationPermission(permissionId), 404, "resource_not_found");
}

// Deleting an object also deletes the objects that belong to it.

const left = await organizations.deleteOrganizationMembership({ organizationId, userId: kay.id });
assert.equal(left.id, member.id);
await refused(() => organizations.deleteOrganizationMembership({ organizationId, userId: kay.id }), 404, "resource_not_found");
assert.equal((await users.getOrganizationMembershipList({ userId: kay.id })).totalCount, 0);
await organizations.createOrganizationMembership(twice);
await users.deleteUser(kay.id);
lists(await organizations.getOrganizationMembershipList({ organizationId }), [creation]);
await organizations.deleteOrganization(organizationId);
await refused(() => organizations.getOrganization({ organizationId }), 404, "resource_not_found");
await refused(() => organizations.getOrganizationMembershipList({ organizationId }), 404, "resource_not_found");
lists(await users.getOrganizationMembershipList({ userId: ada.id }), []);
lists(await users.getOrganizationInvitationList({ userId: "user_grace" }), []);
console.log(`${NAME}: the life of an organization`);
