// Imports users and then deletes them all, with the calls of Clerk's migration tool. Several
// workers create users with password digests, add addresses and numbers, and retry after a 429.
// Users are listed by offset.

import assert from "node:assert/strict";

import { NAME, client, control } from "./sdk.mjs";

const { users, emailAddresses, phoneNumbers } = client("import");

const DIGESTS = [
  ["bcrypt", "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"],
  ["md5", "900150983cd24fb0d6963f7d28e17f72"],
  ["sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
];

/** Returns the parameters that create the user of a row. A real import reads rows from a file. */
function row(number) {
  const [passwordHasher, passwordDigest] = DIGESTS[number % DIGESTS.length];
  const password = number % 5 === 0
    ? { skipPasswordRequirement: true }
    : { passwordHasher, passwordDigest };
  return {
    externalId: `legacy_${number}`,
    emailAddress: [`user${number}@example.com`],
    phoneNumber: [`+1555555${String(1000 + number)}`],
    firstName: "Ada",
    totpSecret: number % 7 === 0 ? "GEZDGNBVGY3TQOJQ" : undefined,
    backupCodes: number % 7 === 0 ? [`code-${number}`] : undefined,
    publicMetadata: { number },
    privateMetadata: { source: "import" },
    unsafeMetadata: { theme: "dark" },
    createdAt: "2022-10-22T14:00:00.000Z",
    legalAcceptedAt: "2022-10-22T14:00:00.000Z",
    deleteSelfEnabled: false,
    createOrganizationsLimit: 3,
    skipPasswordChecks: true,
    ...password,
  };
}

let retries = 0;
/** Makes a call, and retries it after a 429. All calls together are retried at most five times. */
async function patient(call) {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      retries += 1;
      if (error.status !== 429 || retries > 5) throw error;
    }
  }
}

const before = await users.getCount();
await control("POST", "faults", { operation: "CreateUser", status: 429, times: 5 });

const TOTAL = 1_100;
let next = 0;
/** Imports one row after the other, concurrently with other workers. */
async function worker() {
  while (next < TOTAL) {
    const number = next++;
    const user = await patient(() => users.createUser(row(number)));
    assert.equal(user.externalId, `legacy_${number}`);
    assert.equal(user.createdAt, Date.parse("2022-10-22T14:00:00Z"));
    assert.equal(user.passwordEnabled, number % 5 !== 0);
    if (number % 10 !== 0) continue;
    const address = `more${number}@example.com`;
    const added = await emailAddresses.createEmailAddress({
      userId: user.id,
      emailAddress: address,
      primary: false,
    });
    assert.equal(added.emailAddress, address);
    await phoneNumbers.createPhoneNumber({
      userId: user.id,
      phoneNumber: `+1555556${String(1000 + number)}`,
      primary: false,
    });
  }
}
await Promise.all(Array.from({ length: 10 }, worker));
assert.equal(retries, 5);
assert.equal(await users.getCount(), before + TOTAL);
const [first] = (await users.getUserList({ externalId: ["legacy_0"] })).data;
assert.deepEqual(first.emailAddresses.map((email) => email.emailAddress), [
  "user0@example.com",
  "more0@example.com",
]);

const LIMIT = 500;
const ids = [];
for (let offset = 0; ; offset += LIMIT) {
  const { data } = await users.getUserList({ offset, limit: LIMIT });
  ids.push(...data.map((user) => user.id));
  if (data.length < LIMIT) break;
}
assert.equal(new Set(ids).size, before + TOTAL);
for (const id of ids) await users.deleteUser(id);
assert.equal(await users.getCount(), 0);

console.log(`${NAME}: import and deletion of ${TOTAL} users`);
