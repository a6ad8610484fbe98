// The list of requests, and the view of one request.

/** The number of rows that are shown at first, and that the button "Older" adds. */
const ROWS = 200;
/** The maximum number of rows, so that the page stays fast. */
const MAX_ROWS = 1000;

views.requests = { load: loadRequests, poll: followRequests };
views.request = { load: loadRequest, clear: () => clearDetail("request", ["detail"]) };

/**
 * The list that is shown, with its `route`. `last` is the number of the newest request at the last
 * update of the list, even if the filter omits this request. `rows` is the maximum number of rows.
 * "Older" increases this maximum up to `MAX_ROWS`.
 */
let listed = {};

const REQUEST_COLUMNS = [
  { title: "Request", cell: ({ number, method, path }) =>
    element("a", { href: link("requests", {}, number), "data-key": number },
      element("strong", {}, method), ` ${path}`) },
  { title: "Operation", class: "wide", cell: ({ operation }) => operation ?? "none of Clerk’s" },
  { title: "Status", cell: (entry) => outcome(entry) },
  { title: "Time (UTC)", class: "wide", cell: (entry) => time(entry.time) },
  { title: "Number", class: "wide end number", cell: ({ number }) => written(number) },
];

function outcome({ status, error_code: code }) {
  if (!status) return badge("no response", "bad");
  const kind = status < 300 ? "good" : status < 500 ? "warn" : "bad";
  return [badge(status, kind), code ? mono(code) : undefined];
}

/**
 * Returns `requests` and `last_number`. The `requests` match the parameters, and the newest comes
 * last. `last_number` is the number of the newest request, even if this request does not match.
 *
 * With `after`, returns the first `limit` requests whose numbers are greater than `after`. Without
 * `after`, returns the newest `limit` requests. With `before`, returns only requests whose numbers
 * are less than `before`.
 */
const findRequests = (parameters) => call("GET", withQuery(`${CONTROL}/requests`, parameters));

function filters(route) {
  const filter = Object.fromEntries(route.parameters);
  const { method, operation, status } = filter;
  return { method, operation, status };
}

async function loadRequests(route) {
  const filter = filters(route);
  for (const [name, value] of Object.entries(filter)) byId(`requests-${name}`).value = value ?? "";
  // The link "All requests" leads back to the filtered list.
  byId("request-back").href = link("requests", filter);
  await listRequests(route);
}

/** Replaces the list with the newest requests. */
async function listRequests(route) {
  const filter = filters(route);
  const { requests, last_number: last } = await findRequests({ ...filter, limit: ROWS });
  if (!isShown(route)) return;
  listed = { route, last, rows: ROWS };
  const list = byId("requests-list");
  if (requests.length === 0) {
    const isFiltered = Object.values(filter).some(Boolean);
    replace(list, isFiltered
      ? empty("No request matches the filter.")
      : empty("There are no requests yet. Point an SDK at ", element("code", {}, API_URL),
        ". Its requests appear here as they come in."));
    return;
  }
  replace(list,
    table("The newest first", REQUEST_COLUMNS, requests.reverse()),
    element("button", { type: "button", id: "older", click: () => attempt(showOlder) }, "Older"));
  showWhetherOlder(requests.length === ROWS);
}

function showWhetherOlder(isMore) {
  byId("older").hidden = !isMore || listed.rows >= MAX_ROWS;
}

/** Adds the requests since the last poll. */
async function followRequests(route) {
  if (!byId("follow").checked || listed.route !== route) return;
  const { last: after } = listed;
  const parameters = { ...filters(route), after, limit: ROWS };
  const { requests, last_number: last } = await findRequests(parameters);
  // Two polls may run at the same time. The later response must not add the same requests again.
  if (!isShown(route) || listed.last !== after || last === after) return;
  const body = byId("requests-list").querySelector("tbody");
  // The whole list is replaced if many requests are new, if it has no table yet, or if the numbers
  // restarted because the selected world (an instance of Clerk) was deleted.
  if (requests.length === ROWS || last < after || (!body && requests.length > 0)) {
    await listRequests(route);
    return;
  }
  listed.last = last;
  body?.prepend(...requests.reverse().map((entry) => tableRow(REQUEST_COLUMNS, entry)));
  while (body?.rows.length > listed.rows) {
    // A row with the focus must not be removed.
    if (body.lastElementChild.contains(document.activeElement)) break;
    body.lastElementChild.remove();
    showWhetherOlder(true);
  }
}

async function showOlder() {
  const list = listed;
  const { route } = list;
  const body = byId("requests-list").querySelector("tbody");
  const oldest = body.lastElementChild;
  const before = oldest.querySelector("a").dataset.key;
  const { requests } = await findRequests({ ...filters(route), before, limit: ROWS });
  if (!isShown(route) || listed !== list) return;
  // The last row may change while the page waits for the response. The entries in the response
  // then do not follow the last row, so the page asks again.
  if (body.lastElementChild !== oldest) {
    if (!byId("older").hidden) await showOlder();
    return;
  }
  const rows = requests.reverse().map((entry) => tableRow(REQUEST_COLUMNS, entry));
  body.append(...rows);
  listed.rows = Math.min(listed.rows + ROWS, MAX_ROWS);
  rows[0]?.querySelector("a").focus();
  showWhetherOlder(requests.length === ROWS);
}

on(byId("requests-filter"), "submit", () => amend({
  method: byId("requests-method").value,
  operation: byId("requests-operation").value.trim(),
  status: byId("requests-status").value.trim(),
}));
on(byId("requests-method"), "change", () => byId("requests-filter").requestSubmit());
on(byId("clear-requests"), "click", async () => {
  await call("DELETE", `${CONTROL}/requests`);
  await show();
  say("The requests are cleared.");
});

async function loadRequest(route) {
  const number = Number(route.id);
  const after = Math.max(0, number - 1) || 0;
  const { requests: [entry] } = await findRequests({ after, limit: 1 });
  if (!isShown(route)) return;
  const detail = byId("request-detail");
  if (entry?.number !== number) {
    byId("request-heading").textContent = `Request ${route.id}`;
    replace(detail, empty("This request is no longer kept."));
    return;
  }
  byId("request-heading").textContent = `${entry.method} ${entry.path}`;
  document.title = `${entry.method} ${entry.path} – clerk-mock`;
  const description = element("dl", {});
  facts(description, [
    ["Number", String(entry.number)],
    ["Operation", entry.operation],
    ["Time", time(entry.time)],
    ["Duration", entry.duration_ms === undefined ? "" : `${entry.duration_ms.toFixed(1)} ms`],
    ["Outcome", outcome(entry)],
    ["Failure", entry.failure],
  ]);
  const hasQuery = Object.keys(entry.query ?? {}).length > 0;
  replace(detail, description,
    ...(hasQuery ? [element("h3", {}, "Query"), element("pre", {}, pretty(entry.query))] : []),
    ...message("Request", entry.request),
    ...(entry.response ? message("Response", entry.response) : []));
}

/** Creates the elements that show the headers and the body of a request or a response. */
function message(title, { headers, body, body_bytes: bytes, body_omitted: omitted }) {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const size = bytes ? ` (${written(bytes)} bytes)` : "";
  const why = { too_large: "It is too large to be kept.", not_json: "It is not JSON." }[omitted];
  return [
    element("h3", {}, `${title} headers`),
    element("pre", {}, lines.join("\n") || "none"),
    element("h3", {}, `${title} body${size}`),
    why ? empty(why) : element("pre", {}, bytes === 0 ? "empty" : pretty(body)),
  ];
}
