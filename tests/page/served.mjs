// Worlds of the served fake, and the requests that a test sends to them. A world is an independent
// fake.

import assert from "node:assert/strict";

const URL = process.env.CLERK_MOCK_URL;

/** A world of the fake. Changes in a world are not visible in other worlds. */
export class World {
  constructor(name) {
    this.name = name;
    this.page = `${URL}/?world=${name}`;
  }

  /**
   * Sends a request as an application does. Returns the status and the body of the response. A
   * `body` that is a string is sent unchanged, and any other `body` as JSON.
   */
  async send(method, path, body) {
    const response = await fetch(URL + path, {
      method,
      headers: {
        authorization: "Bearer sk_test_page",
        "content-type": "application/json",
        "x-clerk-mock-world": this.name,
      },
      body: typeof body === "string" ? body : body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Controls the world, and returns the body of the response. */
  async control(method, path, body) {
    const response = await this.send(method, `/__clerk_mock/${path}`, body);
    assert.equal(response.status, 200, JSON.stringify(response.body));
    return response.body;
  }
}

/** Returns users for a seed. The first users are members of organizations. */
export const users = (count) => Array.from({ length: count }, (_, index) => ({
  id: `user_${index}`,
  email_address: [`user${index}@example.com`],
  first_name: "Ada",
  last_name: `Lovelace ${index}`,
  organizations: index < 60 ? { [`org_${index % 3}`]: "org:admin" } : {},
}));
