// The first view: counts, the clock, and buttons that download and reset the state.

views.overview = { load: loadOverview, poll: loadOverview };

async function loadOverview() {
  const organizations = withQuery(clerk("organizations"), { limit: 1 });
  const show = (id, count) => {
    byId(`count-${id}`).textContent = count === undefined ? "–" : written(count);
  };
  await Promise.all([
    call("GET", `${CONTROL}/clock`).then(showClock),
    call("GET", clerk("users", "count")).then(({ total_count: count }) => show("users", count)),
    ifEnabled(call("GET", organizations)).then((page) => show("organizations", page?.total_count)),
    findRequests({ limit: 1 }).then(({ last_number: count }) => show("requests", count)),
    call("GET", `${CONTROL}/faults`).then(({ faults }) => show("faults", faults.length)),
  ]);
}

function showClock(clock) {
  const now = byId("now");
  now.dateTime = clock.time;
  now.textContent = clock.time.replace("T", " ").replace(/\.\d+/, "").replace("Z", " UTC");
  byId("clock-kind").textContent = clock.virtual
    ? "The time is virtual: it passes only if it is advanced."
    : "The time passes as real time does.";
  if (!byId("time").value) byId("time").value = clock.time.replace(/\.\d+/, "");
}

async function moveClock(change, done) {
  showClock(await call("POST", `${CONTROL}/clock`, change));
  say(done);
}

on(byId("clock"), "submit", () => {
  const time = byId("time").value.trim();
  return moveClock({ time }, `The time is ${time}.`);
});
for (const button of document.querySelectorAll("[data-advance]")) {
  const seconds = Number(button.dataset.advance);
  on(button, "click", () =>
    moveClock({ advance_seconds: seconds }, `Advanced by ${button.textContent.slice(2)}.`));
}

on(byId("reset"), "click", async () => {
  const text = "All changes since the start, the requests and the planned faults are lost.";
  if (!await confirmed("Reset the state?", text, "Reset")) return;
  await call("POST", `${CONTROL}/reset`);
  await show();
  say("The state is that of the start.");
});

on(byId("download"), "click", async () => {
  // The file gets the undecoded text, because decoding rounds large numbers, such as in metadata.
  const { text } = await receive("GET", `${CONTROL}/state`);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  element("a", { href: url, download: "clerk-mock.json" }).click();
  URL.revokeObjectURL(url);
  say("The file is a seed: clerk-mock --seed clerk-mock.json");
});

byId("api-url").value = API_URL;
byId("base-url").value = `${API_URL}/v1`;
byId("world-note").hidden = !WORLD;
