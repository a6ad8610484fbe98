// The list of users, and the view of one user.

const PAGE = 50;

views.users = { load: loadUsers };
views.user = { load: loadUser, clear: clearUser };

const USER_COLUMNS = [
  { title: "User", cell: (user) => [
    element("a", { href: link("users", {}, user.id) }, nameOf(user)), mono(user.id)] },
  { title: "E-mail address", class: "wide", cell: (user) => emailOf(user) ?? "–" },
  { title: "Status", cell: badgesOf },
  { title: "Created (UTC)", class: "wide", cell: (user) => time(user.created_at) },
];

function emailOf(user) {
  const primary = user.email_addresses?.find(({ id }) => id === user.primary_email_address_id);
  return (primary ?? user.email_addresses?.[0])?.email_address;
}

function nameOf(user) {
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
  return name || user.username || emailOf(user) || user.id;
}

function badgesOf(user) {
  const badges = [];
  if (user.banned) badges.push(badge("banned", "bad"));
  if (user.locked) badges.push(badge("locked", "warn"));
  if (badges.length === 0) badges.push(badge("active", "good"));
  return element("span", { class: "badges" }, badges);
}

async function loadUsers(route) {
  const query = route.parameters.get("query") ?? "";
  const offset = Number(route.parameters.get("offset") ?? 0);
  const [users, { total_count: total }] = await Promise.all([
    call("GET", withQuery(clerk("users"), { query, limit: PAGE, offset })),
    call("GET", withQuery(clerk("users", "count"), { query })),
  ]);
  if (!isShown(route)) return;
  const field = byId("users-query");
  if (field !== document.activeElement) field.value = query;
  const to = (offset) => link("users", { query, offset });
  if (users.length === 0) {
    const isPast = total > 0 && offset > 0;
    replace(byId("users-list"), isPast ? pastTheEnd(offset, PAGE, total, to) : query
      ? empty(`No user matches “${query}”.`)
      : empty("There are no users yet. Add one here, create one with POST /v1/users, or start ",
        "clerk-mock with --seed FILE."));
    return;
  }
  replace(byId("users-list"),
    pages(offset, PAGE, users.length, total, to),
    table(range(offset, users.length, total), USER_COLUMNS, users));
}

const search = () => amend({ query: byId("users-query").value.trim() });
on(byId("users-search"), "submit", search);
whenTyped(byId("users-query"), search);

on(byId("add-user"), "click", async () => {
  byId("new-user-form").reset();
  if (await closed(byId("new-user")) !== "add") return;
  const user = await call("POST", clerk("users"), {
    email_address: [byId("new-email").value],
    first_name: byId("new-first").value || undefined,
    last_name: byId("new-last").value || undefined,
    skip_password_requirement: true,
  });
  await show();
  say(`${nameOf(user)} has the id ${user.id}.`);
});

function clearUser(route) {
  const isSame = byId("user-heading").dataset.id === route.id;
  if (!isSame) byId("signed-in").hidden = true;
  clearDetail("user", ["badges", "facts", "sessions", "memberships", "json"]);
}

async function loadUser(route) {
  const user = await call("GET", clerk("users", route.id));
  if (!isShown(route)) return;
  showUser(user);
  await loadBelongings(route);
}

/** Loads the sessions and memberships of a user. */
async function loadBelongings(route) {
  const path = clerk("users", route.id, "organization_memberships");
  const [sessions, memberships] = await Promise.all([
    sessionsOf(route.id),
    ifEnabled(call("GET", withQuery(path, { limit: 100 }))),
  ]);
  if (!isShown(route)) return;
  const again = () => loadBelongings(route);
  replace(byId("user-sessions"), sessions.length > 0
    ? sessionTable("The newest first", sessions, again)
    : empty("There are no sessions. The button “Sign in” creates one."));
  if (!memberships) {
    replace(byId("user-memberships"), empty("The settings of the instance disable organizations."));
    return;
  }
  replace(byId("user-memberships"), memberships.data.length > 0
    ? table("Organizations of this user", MEMBERSHIP_COLUMNS, memberships.data)
    : empty("This user belongs to no organization."));
}

function showUser(user) {
  const heading = byId("user-heading");
  heading.textContent = nameOf(user);
  heading.dataset.id = user.id;
  document.title = `${nameOf(user)} – clerk-mock`;
  byId("user-badges").replaceChildren(badgesOf(user));
  byId("ban").textContent = user.banned ? "Unban" : "Ban";
  byId("lock").textContent = user.locked ? "Unlock" : "Lock";
  facts(byId("user-facts"), [
    ["Id", mono(user.id)],
    ["E-mail address", emailOf(user)],
    ["User name", user.username],
    ["Phone number", user.phone_numbers?.[0]?.phone_number],
    ["External id", user.external_id],
    ["Created", time(user.created_at)],
    ["Last sign-in", user.last_sign_in_at && time(user.last_sign_in_at)],
  ]);
  byId("user-json").textContent = pretty(user);
}

async function change(action, done) {
  const route = shown;
  const user = await call("POST", clerk("users", route.id, action));
  if (isShown(route)) showUser(user);
  say(`${nameOf(user)} ${done}.`);
  // A ban revokes the sessions.
  await loadBelongings(route);
}

on(byId("ban"), "click", () => byId("ban").textContent === "Ban"
  ? change("ban", "is banned") : change("unban", "is no longer banned"));
on(byId("lock"), "click", () => byId("lock").textContent === "Lock"
  ? change("lock", "is locked") : change("unlock", "is no longer locked"));

on(byId("sign-in"), "click", async () => {
  const route = shown;
  const session = await call("POST", `${CONTROL}/sign_in`, { user_id: route.id });
  if (isShown(route)) {
    byId("token").value = session.token;
    byId("cookie").value = session.cookie;
    byId("signed-in").hidden = false;
  }
  say(`Signed in, with the session ${session.session_id}.`);
  await loadBelongings(route);
});

on(byId("delete-user"), "click", async () => {
  const route = shown;
  const name = byId("user-heading").textContent;
  const text = "The user's sessions and memberships are deleted, too.";
  if (!await confirmed(`Delete ${name}?`, text, "Delete")) return;
  await call("DELETE", clerk("users", route.id));
  if (isShown(route)) location.hash = link("users");
  await show();
  say(`${name} is deleted.`);
});
