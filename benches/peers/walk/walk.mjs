// Lists all users of a server with Clerk's SDK for JavaScript: `node walk.mjs URL`, in a folder
// where the SDK is installed.

import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { createClerkClient } = require("@clerk/backend");
const apiUrl = process.argv[2].replace(/\/v1$/, "");
const { users } = createClerkClient({ secretKey: "sk_test_peers", apiUrl, telemetry: { disabled: true } });

const limit = 500;
let offset = 0;
for (;;) {
  // The SDK also requests the count of all users with each page.
  const page = await users.getUserList({ limit, offset });
  offset += page.data.length;
  if (page.data.length < limit) break;
}
console.log(offset);
