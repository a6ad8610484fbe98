// The runtimes in which `check.mjs` runs the worker. `start` starts a worker with its own bindings,
// and returns a function that sends a request to the worker. The function is like `fetch`, but
// takes a path in place of a URL.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The folder with the two files of wasm-bindgen.
const FOLDER = process.env.WORKER;
const SITE = "http://worker.example";

/** Calls the WebAssembly module directly. */
export const node = async () => {
  const { initSync, Worker } = await import(pathToFileURL(join(FOLDER, "worker.js")));
  initSync({ module: await readFile(join(FOLDER, "worker_bg.wasm")) });
  return {
    start: async (env) => {
      let worker;
      return async (path, init) => {
        worker ??= new Worker(env);
        return worker.fetch(new Request(SITE + path, init));
      };
    },
    stop: async () => {},
  };
};

/** Runs `entry.mjs` in workerd, the runtime of Cloudflare Workers. */
export const workerd = async () => {
  const { Miniflare } = createRequire(`${process.env.PACKAGES}/`)("miniflare");
  const module = (type, path, contents) => ({ type, path, contents });
  const modules = [
    module("ESModule", "entry.mjs", await readFile(new URL("entry.mjs", import.meta.url))),
    module("ESModule", "worker.js", await readFile(join(FOLDER, "worker.js"))),
    module("CompiledWasm", "worker_bg.wasm", await readFile(join(FOLDER, "worker_bg.wasm"))),
  ];
  const started = [];
  return {
    start: async (bindings) => {
      // Without `cf: false`, miniflare fetches the value of `request.cf` from the internet.
      const options = { modules, bindings, cf: false, compatibilityDate: "2026-04-01" };
      const miniflare = new Miniflare(options);
      started.push(miniflare);
      await miniflare.ready;
      return (path, init) => miniflare.dispatchFetch(SITE + path, init);
    },
    stop: () => Promise.all(started.map((miniflare) => miniflare.dispose())),
  };
};
