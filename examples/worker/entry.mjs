// The main module of the worker. `.ci/fetch` writes the two files that it imports.

import { initSync, Worker } from "./worker.js";
import module from "./worker_bg.wasm";

initSync({ module });

// One worker for all requests of this instance, so that the keys of the tokens are fetched once.
let worker;

export default {
  fetch(request, env) {
    worker ??= new Worker(env);
    return worker.fetch(request);
  },
};
