// The requests of the page to the server. They are for the selected world: one instance of Clerk.

const WORLD = new URLSearchParams(location.search).get("world") ?? "";
const CONTROL = "/__clerk_mock";
/** The URL by which SDKs reach the selected world. */
const API_URL = location.origin + (WORLD && `${CONTROL}/worlds/${encodeURIComponent(WORLD)}`);

class ServerError extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Sends a request, and returns the decoded body. */
async function call(method, path, body) {
  const { decoded } = await receive(method, path, body);
  return decoded;
}

/** Sends a request, and returns the body as `text` and `decoded`. */
async function receive(method, path, body) {
  // The server must neither record the requests of the page nor apply faults to them.
  const headers = { "X-Clerk-Mock-Unrecorded": "true" };
  if (WORLD) headers["X-Clerk-Mock-World"] = WORLD;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response, text;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    text = await response.text();
  } catch {
    throw new ServerError(0, "The server does not respond. Does clerk-mock still run?");
  }
  reconnected();
  let decoded;
  try {
    decoded = text && JSON.parse(text);
  } catch {
    throw new ServerError(response.status, `${response.status}: the body is not JSON`);
  }
  if (!response.ok) {
    const error = decoded?.errors?.[0] ?? {};
    const message = error.long_message || error.message || `${method} ${path} failed`;
    const code = error.code ? ` (${response.status}, ${error.code})` : ` (${response.status})`;
    throw new ServerError(response.status, message + code, error.code);
  }
  return { text, decoded };
}

/** Returns a path with a query. Empty parameters are omitted. */
function withQuery(path, parameters) {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== "");
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
}

/** Returns a path below `/v1`. Each part is escaped. */
const clerk = (...parts) => ["/v1", ...parts.map(encodeURIComponent)].join("/");
