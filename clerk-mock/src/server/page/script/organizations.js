// The list of organizations, and the view of one organization.

views.organizations = { load: loadOrganizations };
views.organization = {
  load: loadOrganization,
  clear: () => clearDetail("organization", ["facts", "members", "invitations", "json"]),
};

const organizationLink = (organization) =>
  element("a", { href: link("organizations", {}, organization.id) }, organization.name);

const ORGANIZATION_COLUMNS = [
  { title: "Organization", cell: (one) => [organizationLink(one), mono(one.id)] },
  { title: "Slug", cell: (one) => one.slug ?? "–" },
  { title: "Members", class: "end", cell: (one) => one.members_count ?? "–" },
  { title: "Created (UTC)", class: "wide", cell: (one) => time(one.created_at) },
];

/** The columns of the memberships of a user. */
const MEMBERSHIP_COLUMNS = [
  { title: "Organization", cell: ({ organization }) =>
    [organizationLink(organization), mono(organization.id)] },
  { title: "Role", cell: (membership) => membership.role },
  { title: "Since (UTC)", class: "wide", cell: (membership) => time(membership.created_at) },
];

/** The columns of the members of an organization. */
const MEMBER_COLUMNS = [
  { title: "User", cell: ({ public_user_data: user }) => [
    element("a", { href: link("users", {}, user.user_id) },
      [user.first_name, user.last_name].filter(Boolean).join(" ") || user.identifier
        || user.user_id),
    mono(user.user_id)] },
  { title: "Role", cell: (membership) => membership.role },
  { title: "Since (UTC)", class: "wide", cell: (membership) => time(membership.created_at) },
];

const INVITATION_COLUMNS = [
  { title: "E-mail address", cell: (one) => [one.email_address, mono(one.id)] },
  { title: "Role", cell: (one) => one.role },
  { title: "Status", cell: (one) => badge(one.status, one.status === "accepted" ? "good" : "") },
  { title: "Created (UTC)", class: "wide", cell: (one) => time(one.created_at) },
];

/**
 * Waits for a response about organizations. Returns `undefined` if the settings of the instance
 * disable organizations.
 */
async function ifEnabled(response) {
  try {
    return await response;
  } catch (error) {
    if (error.code === "organization_not_enabled_in_instance") return undefined;
    throw error;
  }
}

async function loadOrganizations(route) {
  const query = route.parameters.get("query") ?? "";
  const offset = Number(route.parameters.get("offset") ?? 0);
  const parameters = { query, limit: PAGE, offset, include_members_count: true };
  const { data, total_count: total } =
    await call("GET", withQuery(clerk("organizations"), parameters));
  if (!isShown(route)) return;
  const field = byId("organizations-query");
  if (field !== document.activeElement) field.value = query;
  const to = (offset) => link("organizations", { query, offset });
  if (data.length === 0) {
    const isPast = total > 0 && offset > 0;
    replace(byId("organizations-list"), isPast ? pastTheEnd(offset, PAGE, total, to) : query
      ? empty(`No organization matches “${query}”.`)
      : empty("There are no organizations yet. Create one with POST /v1/organizations, or name it ",
        "in the organizations of a user in a seed."));
    return;
  }
  replace(byId("organizations-list"),
    pages(offset, PAGE, data.length, total, to),
    table(range(offset, data.length, total), ORGANIZATION_COLUMNS, data));
}

const searchOrganizations = () => amend({ query: byId("organizations-query").value.trim() });
on(byId("organizations-search"), "submit", searchOrganizations);
whenTyped(byId("organizations-query"), searchOrganizations);

async function loadOrganization(route) {
  const path = (...parts) => clerk("organizations", route.id, ...parts);
  const [organization, members, invitations] = await Promise.all([
    call("GET", path()),
    call("GET", withQuery(path("memberships"), { limit: 100 })),
    call("GET", withQuery(path("invitations"), { limit: 100 })),
  ]);
  if (!isShown(route)) return;
  byId("organization-heading").textContent = organization.name;
  document.title = `${organization.name} – clerk-mock`;
  facts(byId("organization-facts"), [
    ["Id", mono(organization.id)],
    ["Slug", organization.slug],
    // In Clerk's API, 0 means no limit.
    ["Members at most", organization.max_allowed_memberships || "unlimited"],
    ["Created", time(organization.created_at)],
  ]);
  byId("organization-json").textContent = pretty(organization);
  replace(byId("organization-members"), members.data.length > 0
    ? table(upTo(members), MEMBER_COLUMNS, members.data)
    : empty("This organization has no members."));
  replace(byId("organization-invitations"), invitations.data.length > 0
    ? table(upTo(invitations), INVITATION_COLUMNS, invitations.data)
    : empty("Nobody is invited."));
}

const upTo = ({ data, total_count: total }) =>
  data.length < total ? `The first ${data.length} of ${written(total)}` : `${total} in all`;
