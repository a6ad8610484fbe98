// Only the functions of this file create elements. They insert text from the fake's data as text
// nodes, never as markup.

const byId = (id) => document.getElementById(id);

/** Creates an element. An attribute that is `undefined` or `false` is omitted. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return made;
}

/**
 * Replaces the children of a container. If a child had the focus, the focus moves to the new child
 * with the same `data-key`. If there is no such child, the heading of the section gets the focus.
 */
function replace(container, ...children) {
  const focused = container.contains(document.activeElement) && document.activeElement;
  container.replaceChildren(...children);
  if (!focused) return;
  const same = [...container.querySelectorAll("[data-key]")];
  const next = same.find((child) => child.dataset.key === focused.dataset.key);
  (next ?? container.closest("section").querySelector("h2")).focus();
}

/**
 * Fills a container with data. If it already shows the data, nothing changes, so that selected text
 * stays selected.
 */
function fill(container, data, create) {
  const text = JSON.stringify(data);
  if (container.dataset.shown === text) return;
  container.dataset.shown = text;
  replace(container, ...create());
}

/**
 * Creates a table. A column has a `title`, a function `cell` that returns the content for a row,
 * and optionally a `class`. The cells of the first column are the headings of the rows.
 */
function table(caption, columns, rows) {
  const head = columns.map((column) =>
    element("th", { scope: "col", class: column.class }, column.title));
  return element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, head)),
    element("tbody", {}, rows.map((row) => tableRow(columns, row))));
}

function tableRow(columns, row) {
  return element("tr", {}, columns.map((column, index) => {
    const attributes = { class: column.class, ...(index === 0 && { scope: "row" }) };
    return element(index === 0 ? "th" : "td", attributes, column.cell(row));
  }));
}

/** Creates links to the previous and next page. `link` returns the address for an offset. */
function pages(offset, size, count, total, link) {
  const to = (key, title, target) =>
    element("a", { href: link(target), "data-key": key }, title);
  return element("nav", { class: "pages", "aria-label": "Pages" },
    offset > 0 ? to("previous", "Previous", Math.max(0, offset - size)) : undefined,
    offset + count < total ? to("next", "Next", offset + size) : undefined);
}

const written = (number) => number.toLocaleString("en");

const range = (offset, count, total) =>
  `${written(offset + 1)}–${written(offset + count)} of ${written(total)}, the newest first`;

const empty = (...children) => element("p", { class: "empty" }, ...children);

const badge = (text, kind) => element("span", { class: `badge ${kind ?? ""}` }, text);

const mono = (text) => element("span", { class: "mono" }, text);

/** Creates the content of a page that begins after the end of its list. */
const pastTheEnd = (offset, size, total, link) => element("div", {},
  pages(Math.min(offset, size * Math.ceil(total / size)), size, 0, 0, link),
  empty(`This page is empty. Entries in the list: ${written(total)}.`));

/**
 * Creates a `<time>` element that shows a time in UTC. `value` is a text in the format of RFC 3339,
 * or the number of milliseconds since 1970.
 */
function time(value) {
  if (value === undefined || value === null) return "–";
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  const exact = date.toISOString();
  const text = `${exact.slice(0, 10)} ${exact.slice(11, 19)}`;
  return element("time", { datetime: exact, title: exact }, text);
}

/** Fills a description list (`<dl>`). A value that is `undefined`, `null` or empty is omitted. */
function facts(list, pairs) {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  list.replaceChildren(...shown.flatMap(([term, value]) =>
    [element("dt", {}, term), element("dd", {}, value)]));
}

/** Empties parts of an object's view. The view's heading becomes the kind, such as `User`. */
function clearDetail(name, parts) {
  byId(`${name}-heading`).textContent = name[0].toUpperCase() + name.slice(1);
  for (const part of parts) byId(`${name}-${part}`).replaceChildren();
}

const pretty = (value) => JSON.stringify(value, null, 2);
