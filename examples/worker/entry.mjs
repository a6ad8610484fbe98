// The main module of the worker. `.ci/fetch` writes the two files that this module imports.

import { initSync, Worker } from "./worker.js";
import module from "./worker_bg.wasm";

initSync({ module });

// All requests share one `Worker`, so that the JWT key is decoded only once.
let worker;

export default {
  fetch(request, env) {
    worker ??= new Worker(env);
    return worker.fetch(request);
  },
};
