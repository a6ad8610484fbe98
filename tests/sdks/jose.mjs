// Writes session tokens with random claims, signed by jose.

import { createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Random } from "./random.mjs";

const require = createRequire(`${process.cwd()}/`);
const { SignJWT } = require("jose");

const TOKENS = 1_000;
const NOW = 1_767_225_600;
const [, , keyFile, file] = process.argv;
const key = createPrivateKey({ key: readFileSync(keyFile), format: "der", type: "pkcs1" });
const random = new Random(7519);
const maybe = (name, value) => (random.chance(0.5) ? { [name]: value() } : {});

function text() {
  const characters = ["a", "Z", "0", " ", "\"", "\\", "\n", "\u0000", "é", "漢", "🦀", "\u2028", "/"];
  return random.list(12, () => random.pick(characters)).join("");
}

function value(depth) {
  const kinds = [
    () => null,
    () => random.chance(0.5),
    () => random.below(2 ** 31) - 2 ** 30,
    () => random.number() * 10 ** random.below(40),
    text,
    () => random.list(4, () => value(depth - 1)),
    () => Object.fromEntries(random.list(4, () => [text(), value(depth - 1)])),
  ];
  return random.pick(depth > 0 ? kinds : kinds.slice(0, 5))();
}

function claims() {
  const iat = NOW - random.below(60) + (random.chance(0.2) ? random.number() : 0);
  return {
    ...Object.fromEntries(random.list(5, () => [`x_${text()}`, value(3)])),
    sub: `user_${random.below(1e9)}`,
    sid: `sess_${random.below(1e9)}`,
    exp: NOW + 1 + random.below(random.pick([60, 600, 315_360_000])),
    ...maybe("iat", () => iat),
    ...maybe("nbf", () => Math.floor(iat) - 10),
    ...maybe("iss", () => "https://clerk.example.com"),
    ...maybe("azp", () => "https://example.com"),
    ...maybe("aud", () => random.pick(["api", ["api", "app"]])),
    ...maybe("jti", text),
    ...maybe("sts", () => "active"),
    ...maybe("v", () => 2),
    ...maybe("fva", () => [random.below(100), -1]),
    ...maybe("o", () => ({ id: "org_1", rol: "admin", ...maybe("slg", text), per: "read", fpm: "1" })),
    ...maybe("fea", () => "o:docs,u:gold"),
    ...maybe("pla", () => "o:pro"),
    ...maybe("act", () => ({ sub: `user_${random.below(1e9)}`, ...maybe("type", () => "agent") })),
  };
}

const tokens = [];
for (let n = 0; n < TOKENS; n++) {
  const payload = claims();
  const header = {
    alg: "RS256",
    kid: "ins_1",
    ...maybe("typ", () => random.pick(["JWT", "jwt"])),
    ...maybe("cat", () => "cl_B7d4PD111AAA"),
    ...maybe("x_note", text),
  };
  const token = await new SignJWT(payload).setProtectedHeader(header).sign(key);
  tokens.push({ token, claims: payload });
}
writeFileSync(file, JSON.stringify(tokens));
console.log(`jose: ${tokens.length} tokens`);
