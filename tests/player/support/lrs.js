// A small LRS within the process, and launches of a package by its LMS (xAPI 1.0.3; cmi5, sections 8 to 11). It is as strict
// as CATAPULT's player and ADL_LRS are together, and knows which rules of cmi5 a session broke.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach } from "node:test";

import { createCmi5 } from "../../../scorm_builder/player/trackers/cmi5.js";
import { answerOf, createBrowser } from "./browser.js";
import { rich } from "./courses.js";
import { later } from "./time.js";
import { openVisit } from "./visit.js";

export const ACTOR = { objectType: "Agent", account: { homePage: "https://lms.example.org", name: "carla" } };
export const REGISTRATION = "7f1f0f5a-0000-4000-8000-000000000001";
export const SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
const TEMPLATE = {
  extensions: { [SESSION]: "session-1" },
  contextActivities: { grouping: [{ id: "urn:partnerwise:rich:en:module:m1:unit:m1u1" }] },
};
const LAUNCH_DATA = { contextTemplate: TEMPLATE, launchMode: "Normal", moveOn: "CompletedAndPassed" };

const tagOf = (value) => `"${createHash("sha256").update(JSON.stringify(value)).digest("hex")}"`;

const CONTEXT = "https://w3id.org/xapi/cmi5/context/";
const COMPONENTS = ["choices", "scale", "source", "target", "steps"];

const all = [];

// For every test of a file: no session may have broken a rule.
export function heedTheRules() {
  afterEach(() => {
    const broken = all.splice(0).flatMap(({ violations }) => violations);
    assert.deepEqual(broken, []);
  });
}

// `refuse`: a status that everything but the token is answered with; `faults`: statuses for the next requests whose method
// and path begin so ("POST statements"), 0 for one that is let through; `swallowed`: the same, but the request is carried
// out before it is answered so; `dislikes(statement)`: whether a batch is refused because of it, and with which status;
// `slow`: the milliseconds that each request takes to get there, or a function of it; `hangs(request)`: whether it is never
// answered; `guarded`: a state is overwritten only by who names its tag; `once`: nothing is taken of what comes together
// with something known; `closed`: nothing can be read of statements; `violations`: the rules that were broken.
export function createLrs(launchData = {}) {
  const lrs = {
    launchData: launchData && { ...LAUNCH_DATA, ...launchData },
    statements: [],
    state: {},
    tokens: 0,
    refuse: 0,
    faults: {},
    swallowed: {},
    dislikes: () => 0,
    slow: 0,
    hangs: () => false,
    guarded: false,
    once: false,
    closed: false,
    requests: [],
    violations: [],
    sessions: [],
    verbs: () => lrs.statements.map(({ verb }) => verb.id.split("/").at(-1)),
    count: (...verbs) => verbs.map((verb) => lrs.verbs().filter((one) => one === verb).length),
    unit: () => lrs.state.partnerwise.whole.units.m1u1,
    whole: () => lrs.state.partnerwise.whole,
    answer: (address, options) => answerTo(lrs, new URL(address), options),
    // The LMS begins another session.
    begin() {
      lrs.tokens = 0;
      lrs.sessions.push({ token: `token-${lrs.sessions.length + 1}` });
    },
  };
  lrs.begin();
  all.push(lrs);
  return lrs;
}

function nextOf(listed, request) {
  const found = Object.entries(listed).find(([name, statuses]) => request.startsWith(name) && statuses.length > 0);
  return found ? found[1].shift() : 0;
}

const faultOf = ({ faults, refuse }, request) =>
  Object.entries(faults).some(([name, statuses]) => request.startsWith(name) && statuses.length > 0) ? nextOf(faults, request) : refuse;

const never = (signal) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new DOMException("given up", "AbortError"))));

async function answerTo(lrs, { pathname, searchParams }, { method = "GET", headers = {}, body, signal }) {
  const path = pathname.replace("/xapi/", "").replace("/token", "token");
  const request = `${method} ${path}`;
  if (lrs.hangs(request)) return never(signal);
  if (path === "token") return giveToken(lrs);
  const slow = typeof lrs.slow === "function" ? lrs.slow(request, body ?? "") : lrs.slow;
  if (slow) await later(slow);
  lrs.requests.push(request);
  const session = lrs.sessions.find(({ token }) => headers.Authorization === `Basic ${token}`);
  if (session?.terminated) lrs.violations.push(`8.1.2.0-2: ${request} after terminated`);
  if (session?.terminated) return answerOf(403);
  const refused = faultOf(lrs, request) || (session && headers["X-Experience-API-Version"] ? 0 : 401);
  if (refused) return answerOf(refused, undefined, refused === 429 ? { "Retry-After": "1" } : {});
  const answer = carryOut(lrs, session, request, { searchParams, headers, body });
  const swallowed = nextOf(lrs.swallowed, request);
  return swallowed ? answerOf(swallowed) : answer;
}

function carryOut(lrs, session, request, { searchParams, headers, body }) {
  const name = searchParams.get("stateId") ?? "";
  if (request === "POST statements") return takeStatements(lrs, session, JSON.parse(body));
  if (request === "GET statements") return giveStatement(lrs, searchParams.get("statementId"));
  if (request === "GET agents/profile") session.preferences = true;
  return request.startsWith("PUT") ? keepState(lrs, name, JSON.parse(body), headers) : giveState(lrs, name);
}

function giveToken(lrs) {
  const fault = nextOf(lrs.faults, "POST token");
  if (fault) return answerOf(fault);
  lrs.tokens += 1;
  return answerOf(200, lrs.tokens === 1 ? { "auth-token": lrs.sessions.at(-1).token } : { "error-code": "1", "error-text": "used" });
}

const verbOf = ({ verb }) => verb.id.split("/").at(-1);
const isDefined = ({ context }) => (context.contextActivities.category ?? []).some(({ id }) => id === `${CONTEXT}categories/cmi5`);

// xAPI 1.0.3, Communication, section 2.1.1: nothing is taken of what comes with a known id and other contents.
function takeStatements(lrs, session, sent) {
  const broken = sent.filter(isDefined).map((one) => ruleBrokenBy(one, session, lrs.statements, sent)).find(Boolean);
  if (broken || !session.preferences) {
    lrs.violations.push(broken || "11.0.0.0-3: the preferences were not asked for");
    return answerOf(403);
  }
  const disliked = sent.map((one) => (isWellFormed(one) ? lrs.dislikes(one) : 400)).find(Boolean);
  if (disliked) return answerOf(disliked);
  const there = new Map(lrs.statements.map((one) => [one.id, one]));
  const known = sent.filter(({ id }) => there.has(id));
  const differs = (one) => JSON.stringify(there.get(one.id)) !== JSON.stringify(one);
  if (known.some((one) => lrs.once || differs(one))) return answerOf(409);
  lrs.statements.push(...sent.filter(({ id }) => !there.has(id)));
  for (const one of sent.filter(isDefined)) session[verbOf(one)] = true;
  return answerOf(200, []);
}

// cmi5, sections 9.3 and 9.5: what an LMS counts as a violation.
function ruleBrokenBy(statement, session, statements, sent) {
  const verb = verbOf(statement);
  const before = (...verbs) => statements.some((one) => verbs.includes(verbOf(one)) && one.id !== statement.id);
  const beside = (other) => sent.some((one) => one !== statement && verbOf(one) === other);
  if (!statement.context.extensions[SESSION]) return `9.6.3.1-4: ${verb} without a session`;
  if (!session.initialized && verb !== "initialized") return `9.3.0.0-4: ${verb} before initialized`;
  if (session[verb] || beside(verb)) return `9.3.0.0-2: ${verb} twice in a session`;
  if (["completed", "passed"].includes(verb) && before(verb)) return `9.3.0.0-6: ${verb} twice in a registration`;
  if (verb === "failed" && before("passed")) return "9.3.0.0-8: failed after passed";
  if (verb === "passed" && (session.failed || beside("failed"))) return "9.3.0.0-3: passed and failed";
  const { score } = statement.result ?? {};
  const mastery = statement.context.extensions[`${CONTEXT}extensions/masteryscore`];
  if (verb === "passed" && score.scaled < mastery) return "9.3.4.0-2: passed below the mastery score";
  if (verb === "failed" && score.scaled >= mastery) return "9.3.6.0-1: failed at the mastery score";
  return "";
}

// What ADL_LRS wants beyond xAPI: every component of an interaction is described.
function isWellFormed({ object: { definition = {} } }) {
  return COMPONENTS.flatMap((name) => definition[name] ?? []).every(({ id, description }) => id && description);
}

function giveStatement(lrs, id) {
  if (lrs.closed) return answerOf(403);
  const found = lrs.statements.find((one) => one.id === id);
  return found ? answerOf(200, found) : answerOf(404);
}

function giveState(lrs, name) {
  const known = { ...lrs.state, ...(lrs.launchData ? { "LMS.LaunchData": lrs.launchData } : {}) };
  return name in known ? answerOf(200, known[name], { ETag: tagOf(known[name]) }) : answerOf(404);
}

function keepState(lrs, name, value, headers) {
  const there = lrs.state[name];
  if (lrs.guarded && there && headers["If-Match"] !== tagOf(there)) return answerOf(headers["If-Match"] ? 412 : 409);
  lrs.state[name] = value;
  return answerOf(204);
}

// The LMS's side: `launch()` opens the unit with a token of its own, `reload()` with the one that was used.
export function createLms({ scope = rich, browser = createBrowser(), launchData = {} } = {}) {
  const lms = {
    lrs: createLrs(launchData),
    browser,
    registration: REGISTRATION,
    async reload({ between = (request) => request, from = browser } = {}) {
      const window = from.open(between((address, options) => lms.lrs.answer(address, options)));
      const launch = {
        endpoint: "https://lms.example.org/xapi/",
        fetch: "https://lms.example.org/token",
        actor: ACTOR,
        registration: lms.registration,
        activityId: "https://lms.example.org/launched/1",
      };
      const asked = scope();
      return openVisit(asked, createCmi5(asked, { launch, request: window.request, storage: window.storage }), { window });
    },
    launch(options) {
      lms.lrs.begin();
      return lms.reload(options);
    },
  };
  return lms;
}
