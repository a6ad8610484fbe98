// Runs the worker under Node against a served fake, and against a server that misbehaves.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Worker } = createRequire(import.meta.url)(process.env.WORKER);
const URL = process.env.CLERK_MOCK_URL;

const control = async (path, body) => {
  const headers = { "content-type": "application/json" };
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(`${URL}/__clerk_mock/${path}`, request)).json();
};
const session = await control("sign_in", { user_id: "user_grace" });
const bearer = `Bearer ${session.token}`;

// Clerk's side: the keys, a user, a new user, and errors.
const worker = new Worker(`${URL}/v1`, "sk_test_1", 10_000);
assert.equal(await worker.greet(bearer), "Hello Grace");
await assert.rejects(worker.greet("Bearer x.y.z"), /token-invalid/);
assert.match(await worker.sign_up("ada@example.com"), /^user_/);
await assert.rejects(worker.sign_up("ada@example.com"), /form_identifier_exists/);

// A server that answers the keys, and then as `answer` says.
let answer;
const keys = await (await fetch(`${URL}/v1/jwks`, { headers: { authorization: "Bearer sk_test_1" } })).text();
const server = createServer((request, response) =>
  request.url.endsWith("/jwks") ? response.end(keys) : answer(request, response),
).listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}/v1`;
const through = (timeout = 10_000) => new Worker(base, "sk_test_1", timeout).greet(bearer);
const user = JSON.stringify({ id: "user_grace", first_name: "Grace" });

// A read is retried after a wait; 503 is the status of the first two attempts.
let attempts = 0;
answer = (_, response) => {
  attempts += 1;
  response.writeHead(attempts < 3 ? 503 : 200).end(user);
};
assert.equal(await through(), "Hello Grace");
assert.equal(attempts, 3);

// A redirect is not followed.
let followed = false;
answer = (request, response) => {
  followed ||= request.url === "/elsewhere";
  response.writeHead(302, { location: "/elsewhere" }).end();
};
await assert.rejects(through(), /302/);
assert.equal(followed, false);

// A body above the limit is not read to its end, and one that ends too early is an error.
answer = (_, response) => response.end(" ".repeat(2 << 20));
await assert.rejects(through(), /larger than 1048576 bytes/);
answer = (_, response) => {
  response.writeHead(200, { "content-length": "1000" }).write(user, () => response.destroy());
};
await assert.rejects(through(), /GetUser/);

// If the client drops the request after a timeout, its connection is closed.
const closed = new Promise((resolve) => {
  answer = (request) => request.on("close", resolve);
});
await assert.rejects(through(100), /timeout|time/);
await closed;

server.close();
server.closeAllConnections();
console.log("the transport over fetch kept its promises");
