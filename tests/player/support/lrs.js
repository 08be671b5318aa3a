// A small LRS within the process, and launches of a package by its LMS (xAPI 1.0.3; cmi5, sections 8 to 11).

import { createHash } from "node:crypto";

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
  contextActivities: { grouping: [{ id: "urn:partnerwise:rich:m1u1" }] },
};
const LAUNCH_DATA = { contextTemplate: TEMPLATE, launchMode: "Normal", moveOn: "CompletedAndPassed" };

const tagOf = (value) => `"${createHash("sha256").update(JSON.stringify(value)).digest("hex")}"`;

// `refuse`: a status that everything but the token is answered with; `faults`: statuses for the next requests whose method
// and path begin so ("POST statements"), 0 for one that is let through; `slow`: the milliseconds that every answer takes;
// `guarded`: a state is overwritten only by who names its tag; `once`: nothing is taken of what comes together with
// something known.
export function createLrs(launchData = {}) {
  const lrs = {
    launchData: { ...LAUNCH_DATA, ...launchData },
    statements: [],
    state: {},
    tokens: 0,
    refuse: 0,
    faults: {},
    slow: 0,
    guarded: false,
    once: false,
    verbs: () => lrs.statements.map(({ verb }) => verb.id.split("/").at(-1)),
    count: (...verbs) => verbs.map((verb) => lrs.verbs().filter((one) => one === verb).length),
    unit: () => lrs.state.partnerwise.whole.units.m1u1,
    whole: () => lrs.state.partnerwise.whole,
    answer: (address, options) => answerTo(lrs, new URL(address), options),
  };
  return lrs;
}

function faultOf({ faults, refuse }, request) {
  const found = Object.entries(faults).find(([name, statuses]) => request.startsWith(name) && statuses.length > 0);
  return found ? found[1].shift() : refuse;
}

async function answerTo(lrs, { pathname, searchParams }, { method = "GET", headers = {}, body }) {
  if (pathname === "/token") return giveToken(lrs);
  if (lrs.slow) await later(lrs.slow);
  const path = pathname.replace("/xapi/", "");
  const known = headers.Authorization === "Basic the-token" && headers["X-Experience-API-Version"];
  const refused = faultOf(lrs, `${method} ${path}`) || (known ? 0 : 401);
  if (refused) return answerOf(refused, undefined, refused === 429 ? { "Retry-After": "1" } : {});
  if (method === "POST") return takeStatements(lrs, JSON.parse(body));
  const name = searchParams.get("stateId") ?? "";
  return method === "PUT" ? keepState(lrs, name, JSON.parse(body), headers) : giveState(lrs, name);
}

function giveToken(lrs) {
  const fault = faultOf({ ...lrs, refuse: 0 }, "POST token");
  if (fault) return answerOf(fault);
  lrs.tokens += 1;
  return answerOf(200, lrs.tokens === 1 ? { "auth-token": "the-token" } : { "error-code": "1", "error-text": "used" });
}

// xAPI 1.0.3, Communication, section 2.1.1: nothing is taken of what comes with a known id and other contents.
function takeStatements(lrs, sent) {
  const there = new Map(lrs.statements.map((one) => [one.id, one]));
  const known = sent.filter(({ id }) => there.has(id));
  const differs = (one) => JSON.stringify(there.get(one.id)) !== JSON.stringify(one);
  if (known.some((one) => lrs.once || differs(one))) return answerOf(409);
  lrs.statements.push(...sent.filter(({ id }) => !there.has(id)));
  return answerOf(200, []);
}

function giveState(lrs, name) {
  const known = { ...lrs.state, "LMS.LaunchData": lrs.launchData };
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
        activityId: "urn:partnerwise:rich:m1u1",
      };
      const asked = scope();
      return openVisit(asked, createCmi5(asked, { launch, request: window.request, storage: window.storage }), { window });
    },
    launch(options) {
      lms.lrs.tokens = 0;
      return lms.reload(options);
    },
  };
  return lms;
}
