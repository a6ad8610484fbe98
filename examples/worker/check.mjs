// Checks the worker against clerk-mock, and against a server that misbehaves. `.ci/fetch` sets the
// environment variables, and runs `node check.mjs node` and `node check.mjs workerd`.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";

import * as runtimes from "./runtimes.mjs";

const runtime = await runtimes[process.argv[2]]();
// This check has its own world (an independent fake), so that no other check changes its users.
const CLERK = `${process.env.CLERK_MOCK_URL}/__clerk_mock/worlds/${randomUUID()}`;
const KEY = "sk_test_1";

const control = async (path, body, method = "POST") => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${CLERK}/__clerk_mock/${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.json();
};
const signIn = async (more) => {
  const { token } = await control("sign_in", { user_id: "user_grace", ...more });
  return { authorization: `Bearer ${token}` };
};
const { jwt_key } = await (await fetch(`${CLERK}/__clerk_mock/jwt_key`)).json();
const local = { CLERK_JWT_KEY: jwt_key };
const start = (bindings) =>
  runtime.start({ CLERK_SECRET_KEY: KEY, CLERK_BASE_URL: `${CLERK}/v1`, ...bindings });
/** Checks the status and the body of a response, and returns the response. */
const expect = async (promise, status, body) => {
  const response = await promise;
  assert.deepEqual([response.status, await response.json()], [status, body]);
  return response;
};

// A token is valid for a minute. On a busy machine, the checks take longer, so the script signs in
// again between groups of checks.
let headers = await signIn();
const worker = await start(local);
const grace = { user_id: "user_grace", first_name: "Grace" };

console.log("only a user who is signed in gets their profile");
await expect(worker("/me", { headers }), 200, grace);
const missing = await expect(worker("/me"), 401, { error: "session-token-missing" });
assert.equal(missing.headers.get("www-authenticate"), "Bearer");
const old = await signIn({ issued_at: "2020-09-13T12:26:40Z" });
await expect(worker("/me", { headers: old }), 401, { error: "token-expired" });
// This token has the payload of one token and the signature of another.
const [head, , signature] = headers.authorization.split(".");
const [, payload] = (await signIn({ organization_id: "org_navy", role: "org:admin" })).authorization.split(".");
const forged = { authorization: [head, payload, signature].join(".") };
await expect(worker("/me", { headers: forged }), 401, { error: "token-invalid-signature" });
await expect(worker("/other", { headers }), 404, { error: "path" });

console.log("a token of another site is refused");
const AUTHORIZED_PARTIES = "https://app.example.com, https://admin.example.com";
const refused = { error: "token-invalid-authorized-parties" };
const own = await signIn({ authorized_party: "https://admin.example.com" });
const other = await signIn({ authorized_party: "https://other.example.com" });
for (const keys of [local, {}]) {
  const restricted = await start({ ...keys, AUTHORIZED_PARTIES });
  await expect(restricted("/me", { headers: own }), 200, grace);
  await expect(restricted("/me", { headers: other }), 401, refused);
  await expect(restricted("/me", { headers }), 401, refused);
}

console.log("a user changes their name");
headers = await signIn();
const patch = (first_name) => ({ method: "PATCH", headers, body: JSON.stringify({ first_name }) });
await expect(worker("/me", patch("Amazing Grace")), 200, { ...grace, first_name: "Amazing Grace" });
await expect(worker("/me", { headers }), 200, { ...grace, first_name: "Amazing Grace" });
await expect(worker("/me", patch(1)), 400, { error: "first_name" });
await expect(worker("/me", patch("Grace")), 200, grace);

console.log("failures are retried, but no write that may have taken effect");
headers = await signIn();
const fail = (operation, more) => control("faults", { operation, times: 1, ...more });
await fail("GetUser", { status: 503 });
await expect(worker("/me", { headers }), 200, grace);
await fail("UpdateUser", { status: 429, retry_after: 0 });
await expect(worker("/me", patch("Grace")), 200, grace);
const code = "form_param_max_length_exceeded";
await fail("UpdateUser", { status: 422, code });
await expect(worker("/me", patch("Grace")), 422, { error: code });
await control("requests", undefined, "DELETE");
await fail("UpdateUser", { kind: "response_lost" });
await expect(worker("/me", patch("Admiral")), 503, { error: "unavailable" });
assert.equal((await control("requests/count", { operation: "UpdateUser" })).count, 1);
await expect(worker("/me", { headers }), 200, { ...grace, first_name: "Admiral" });
await fail("GetUser", { status: 503, times: 3 });
await expect(worker("/me", { headers }), 503, { error: "unavailable" });

console.log("a user who was deleted is not found");
const gone = await control("sign_in", { user_id: "user_grace" });
await fetch(`${CLERK}/v1/users/user_grace`, {
  method: "DELETE",
  headers: { authorization: `Bearer ${KEY}` },
});
await expect(worker("/me", { headers: { authorization: `Bearer ${gone.token}` } }), 404, {
  error: "user",
});

console.log("concurrent requests to a new instance do not disturb each other");
await control("reset", {});
await control("settings", { latency_ms: 50 }, "PATCH");
headers = await signIn();
for (const keys of [local, {}]) {
  const fresh = await start(keys);
  await Promise.all(Array.from({ length: 20 }, () => expect(fresh("/me", { headers }), 200, grace)));
}
await control("rotate_signing_key", {});
await expect(worker("/me", { headers: await signIn() }), 401, { error: "token-invalid-signature" });

// This server responds with `answer`. Each check that uses the server sets `answer` first.
let attempts;
let answer;
const server = createServer((request, response) => {
  attempts += 1;
  answer(request, response);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const rotated = await control("jwt_key", undefined, "GET");
headers = await signIn();
const misled = {
  CLERK_JWT_KEY: rotated.jwt_key,
  CLERK_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`,
};
const through = await start(misled);
const fails = async (worker) => {
  attempts = 0;
  await expect(worker("/me", { headers }), 503, { error: "unavailable" });
  return attempts;
};
const user = JSON.stringify({ id: "user_grace", first_name: "Grace" });

console.log("a redirect is not followed");
let isFollowed = false;
answer = (request, response) => {
  isFollowed ||= request.url === "/elsewhere";
  response.writeHead(302, { location: "/elsewhere" }).end();
};
assert.equal(await fails(through), 1);
assert.equal(isFollowed, false);

console.log("a body above the limit is an error, and one that ends too early is retried");
answer = (_, response) => response.end(" ".repeat(2 << 20));
assert.equal(await fails(through), 1);
answer = (_, response) => {
  response.writeHead(200, { "content-length": "1000" }).write(user, () => response.destroy());
};
assert.equal(await fails(through), 3);

console.log("the request is stopped after a timeout");
headers = await signIn();
const closed = new Promise((resolve) => {
  answer = (request) => request.on("close", resolve);
});
await fails(await start({ ...misled, CLERK_ATTEMPT_TIMEOUT_MS: "500" }));
await closed;

console.log("an invalid binding is named");
for (const [name, value, reason] of [
  ["CLERK_SECRET_KEY", "", /invalid secret key: it is empty/],
  ["CLERK_JWT_KEY", "no key", /invalid JWT key/],
  ["AUTHORIZED_PARTIES", ",", /the list of authorized parties/],
  ["CLERK_ATTEMPT_TIMEOUT_MS", "soon", /invalid binding CLERK_ATTEMPT_TIMEOUT_MS: "soon"/],
]) {
  const misconfigured = await start({ [name]: value });
  // In Node, the call fails. In workerd, the response contains the error.
  const failure = await misconfigured("/me").then((response) => response.text(), String);
  assert.match(failure, reason);
}

server.close();
server.closeAllConnections();
await runtime.stop();
