// The sessions of a user.

views.sessions = { load: loadSessions };

const STATUS_KINDS = { active: "good", pending: "warn" };

async function sessionsOf(user) {
  const parameters = { user_id: user, paginated: true, limit: 100 };
  const { data } = await call("GET", withQuery(clerk("sessions"), parameters));
  return data;
}

/** Creates a table of sessions. `changed` reloads the sessions after one was revoked. */
function sessionTable(caption, sessions, changed) {
  const revoke = async (session) => {
    await call("POST", clerk("sessions", session.id, "revoke"));
    await changed();
    say(`${session.id} is revoked.`);
  };
  return table(caption, [
    { title: "Session", cell: (session) => mono(session.id) },
    { title: "Status", cell: ({ status }) => badge(status, STATUS_KINDS[status]) },
    { title: "Created (UTC)", class: "wide", cell: (session) => time(session.created_at) },
    { title: "Expires (UTC)", class: "wide", cell: (session) => time(session.expire_at) },
    { title: "Action", class: "end", cell: (session) => session.status !== "active" ? "–"
      : element("button", {
        type: "button",
        class: "small",
        "data-key": session.id,
        "aria-label": `Revoke ${session.id}`,
        click: () => attempt(() => revoke(session)),
      }, "Revoke") },
  ], sessions);
}

async function loadSessions(route) {
  const user = route.parameters.get("user") ?? "";
  const field = byId("sessions-user");
  if (field !== document.activeElement) field.value = user;
  const list = byId("sessions-list");
  if (!user) {
    replace(list, empty("Enter the id of a user. Clerk lists the sessions of one user at a time."));
    return;
  }
  const sessions = await sessionsOf(user);
  if (!isShown(route)) return;
  replace(list, sessions.length > 0
    ? sessionTable("The newest first", sessions, () => loadSessions(route))
    : empty(`${user} has no sessions. `,
      element("a", { href: link("users", {}, user) }, "Open the user"), " to sign in."));
}

on(byId("sessions-search"), "submit", () => amend({ user: byId("sessions-user").value.trim() }));
