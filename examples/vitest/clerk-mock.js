// Fixtures for vitest: `clerkMock` is a world, an independent fake for one test.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { expect, test as base } from "vitest";

/** Starts the program clerk-mock on a free port. Returns its URL, and a function that stops it. */
async function start() {
  const program = spawn(process.env.CLERK_MOCK ?? "clerk-mock", ["--port", "0", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const failed = new Promise((_, reject) => program.on("error", reject));
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const { value } = await Promise.race([lines.next(), failed]);
  if (value === undefined) throw new Error("clerk-mock ended before it printed its URL");
  return { url: value.split(" ").at(-1).replace(/\/v1$/, ""), stop: () => program.kill() };
}

class World {
  constructor(server) {
    this.server = server;
    this.name = randomUUID();
    this.url = `${server}/__clerk_mock/worlds/${this.name}`;
  }

  /** Sends a request that clerk-mock's openapi.json describes. */
  async control(method, path, body, url = this.url) {
    const headers = { "content-type": "application/json" };
    const init = { method, headers, body: body && JSON.stringify(body) };
    const response = await fetch(`${url}/__clerk_mock/${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }

  async expectRequested(matcher, times = 1) {
    const counted = await this.control("POST", "requests/count", { times, ...matcher });
    expect(counted.count, counted.explanation).toBe(times);
  }
}

export const test = base.extend({
  clerkMockServer: [
    async ({}, use) => {
      const url = process.env.CLERK_MOCK_URL;
      const server = url ? { url, stop() {} } : await start();
      await use(server.url);
      server.stop();
    },
    { scope: "file" },
  ],
  clerkMock: async ({ clerkMockServer }, use) => {
    const world = new World(clerkMockServer);
    await world.control("GET", "clock");
    await use(world);
    await world.control("DELETE", `worlds/${world.name}`, undefined, clerkMockServer);
  },
});
