// Writes random claims and conditions, and the results of `has` in Clerk's SDK for JavaScript.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Random } from "./random.mjs";

const require = createRequire(`${process.cwd()}/`);
const { signedInAuthObject } = require("@clerk/backend/internal");

const CLAIMS = 2_500;
const CONDITIONS = 4;
const random = new Random(1815);
const one = (list) => random.pick(list);

const names = ["docs", "billing", "gold", "a"];
const actions = ["read", "write", "manage"];
const roles = ["admin", "member", "guest"];
const malformed = (value, others) => (random.chance(0.05) ? one(others) : value);

function scoped() {
  const scopes = one([["o"], ["u"], ["o", "u"], ["o", "u", "ou", "uo"]]);
  const entry = () =>
    malformed(`${one(scopes)}:${one(names)}`, ["docs", "", ":docs", "o:", "x:docs", " o:docs ", "O:docs", "o:docs:a"]);
  return malformed(random.list(6, entry).join(","), ["", null, undefined, 7, ["o:docs"], { o: "docs" }]);
}

function organization() {
  const mask = () =>
    malformed(String(random.below(8)), ["-1", "+1", "1e0", "0x1", " 3 ", "007", "", "1.0", "9007199254740993", "٣"]);
  const o = {
    id: malformed("org_1", ["", null, undefined, 7]),
    rol: malformed(one(roles), ["org:admin", "org:", "", null, undefined, 7, ["admin"]]),
    per: malformed(random.list(3, () => malformed(one(actions), ["", " read "])).join(","), ["", null, undefined, 7]),
    fpm: malformed(random.list(6, mask).join(","), ["", null, undefined, 7]),
  };
  return malformed(o, [null, undefined, {}, [], "org_1"]);
}

function claims() {
  const age = () => malformed(one([-1, 0, 5, 9, 10, 30, 59, 60, 2_000]), [-2, "5", null, 1.5, 1e300]);
  const common = {
    sub: "user_1",
    sid: "sess_1",
    fea: scoped(),
    pla: scoped(),
    fva: malformed([age(), age()], [null, undefined, [], [5], [5, 5, 5], "5,5", 5]),
  };
  if (random.chance(0.75)) {
    return { v: 2, ...common, o: organization() };
  }
  const permission = () => malformed(`org:${one(names)}:${one(actions)}`, ["", "org:", "docs:read", 7, null]);
  return {
    ...(random.chance(0.5) ? { v: 1 } : {}),
    ...common,
    org_id: malformed("org_1", ["", null, undefined, 7]),
    org_role: malformed(`org:${one(roles)}`, ["admin", "org:", "", null, undefined, 7]),
    org_permissions: malformed(random.list(3, permission), [null, undefined, "org:docs:read", {}]),
  };
}

function asked() {
  const scopedName = () =>
    malformed(`${one(["", "o:", "u:", "org:", "organization:", "user:"])}${one(names)}`, ["", "o:", ":docs", "x:docs", "o:docs:a"]);
  const all = {
    role: malformed(`${one(["org:", ""])}${one(roles)}`, ["", "org:", "org:org:admin"]),
    permission: malformed(`${one(["org:", ""])}${one(names)}:${one(actions)}`, ["", "org:", "docs"]),
    feature: scopedName(),
    plan: scopedName(),
    reverification: {
      level: one(["first_factor", "second_factor", "multi_factor"]),
      afterMinutes: malformed(one([1, 10, 60, 1_440]), [0]),
    },
  };
  const some = Object.keys(all).filter(() => random.chance(0.1));
  const kinds = new Set([one(["role", "permission", "permission", "feature", "plan", "reverification"]), ...some]);
  return Object.fromEntries([...kinds].map((name) => [name, all[name]]));
}

/** Returns the result of `has`, or null if the SDK fails on the claims or the condition. */
function answer(claims, condition) {
  try {
    return signedInAuthObject({ secretKey: "sk_test_javascript" }, "token", claims).has(condition);
  } catch {
    return null;
  }
}

const cases = Array.from({ length: CLAIMS }, () => {
  // A token contains JSON, which has no `undefined`.
  const token = JSON.parse(JSON.stringify(claims()));
  const conditions = Array.from({ length: CONDITIONS }, () => {
    const condition = asked();
    return { asked: condition, has: answer(token, condition) };
  });
  return { claims: token, conditions };
});
writeFileSync(process.argv[2], JSON.stringify(cases));
const count = (has) => cases.flatMap((of) => of.conditions).filter((of) => of.has === has).length;
console.log(`the SDK for JavaScript: has() of random claims: ${count(true)} yes, ${count(false)} no, ${count(null)} failed`);
