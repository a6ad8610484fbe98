// The fragment of the URL, such as `#users?offset=50` or `#users/user_ada`, selects a view.

/**
 * The views by name. A view has a function `load`. It may have a function `poll`, which is called
 * each second while the view is shown. The view of one object also has a function `clear`, which
 * removes the data of the previous object.
 */
const views = {};

/** The name of the view that shows one object, by the name of the list of such objects. */
const DETAILS = {
  users: "user",
  organizations: "organization",
  requests: "request",
};

/** The view that is shown: its `list`, `name`, `id` and `parameters`. */
let shown = {};

function link(name, parameters, id) {
  const path = id === undefined ? `#${name}` : `#${name}/${encodeURIComponent(id)}`;
  return withQuery(path, parameters ?? {});
}

function parse(fragment) {
  const [path, query] = fragment.slice(1).split("?");
  const [list, id] = path.split("/");
  const parameters = new URLSearchParams(query);
  const name = id ? DETAILS[list] : list;
  if (!Object.hasOwn(views, name)) return { list: "overview", name: "overview", parameters };
  return { list, name, id: id && decode(id), parameters };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Shows the view that the URL selects. */
async function show() {
  const route = parse(location.hash);
  const isOther = route.name !== shown.name || route.id !== shown.id;
  const isFirst = shown.name === undefined;
  shown = route;
  for (const section of document.querySelectorAll("[data-view]")) {
    section.hidden = section.dataset.view !== route.name;
  }
  for (const anchor of document.querySelectorAll("header nav a")) {
    const isCurrent = anchor.hash === `#${route.list}`;
    if (isCurrent) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  if (isOther) {
    views[route.name].clear?.(route);
    const heading = document.querySelector(`[data-view="${route.name}"] h2`);
    document.title = `${heading.textContent} – clerk-mock`;
    silence();
    scrollTo(0, 0);
    if (!isFirst) heading.focus();
  }
  await attempt(() => views[route.name].load(route));
}

/** Whether a view is still shown, and was not loaded again. If not, its responses are ignored. */
const isShown = (route) => route === shown;

/** Changes the parameters of the view that is shown, without a new entry in the history. */
function amend(parameters) {
  history.replaceState(null, "", link(shown.list, parameters, shown.id));
  return show();
}

/** Calls a function 200 ms after the last input in a field, if the same view is still shown. */
function whenTyped(field, action) {
  let timer;
  field.addEventListener("input", () => {
    const { name } = shown;
    clearTimeout(timer);
    timer = setTimeout(() => { if (shown.name === name) attempt(action); }, 200);
  });
}
