// The start of the page: the selection of a world (one instance of Clerk), the click handlers that
// all views share, and the poll every second.

on(byId("world-form"), "submit", () => {
  const name = byId("world").value.trim();
  location.href = withQuery(location.pathname, { world: name }) + location.hash;
});

async function showWorlds() {
  byId("world").value = WORLD;
  const { worlds } = await call("GET", `${CONTROL}/worlds`);
  byId("worlds").replaceChildren(...worlds.map(({ name }) => element("option", { value: name })));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  on(button, "click", () => copy(byId(button.dataset.copy)));
}
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
byId("skip").addEventListener("click", (event) => {
  // The fragment names the view, so this link must not change the fragment.
  event.preventDefault();
  byId("main").focus();
});

async function poll() {
  const { load, poll } = views[shown.name] ?? {};
  // While the server does not respond, a view without a poll is loaded again.
  const update = poll ?? (offline ? load : undefined);
  if (document.hidden || !update) return;
  try {
    await update(shown);
  } catch (error) {
    complain(error);
  }
}

async function pollForever() {
  for (;;) {
    await poll();
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
  }
}

addEventListener("hashchange", show);
document.addEventListener("visibilitychange", poll);
attempt(showWorlds);
attempt(showWebhooks);
await show();
pollForever();
