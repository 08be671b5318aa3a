// cmi5 (Quartz): `initialized` first, `terminated` last, passed or failed with the score, progress in the LRS's state.

import { browserStorage } from "../storage.js";
import { fetchToken, patiently, readLaunch } from "./cmi5_launch.js";
import { createReport, statementsOf } from "./cmi5_report.js";
import { createStatements } from "./cmi5_statements.js";
import { createNone } from "./none.js";
import { createUnsent, pseudonym, versionOf } from "./unsent.js";
import { createLrs } from "./xapi.js";

const STATE = "partnerwise";
const NOTHING = { verbs: [], answers: {}, promised: {} };

export function createCmi5(
  scope,
  { launch = readLaunch(), request = (/** @type {Parameters<typeof fetch>} */ ...args) => window.fetch(...args), storage = browserStorage } = {},
) {
  return launch ? createSession(scope, launch, request, storage) : createNone(scope, { storage });
}

// The session's learner; "" where the launch names nobody.
const nameOf = ({ account, mbox }) => pseudonym(JSON.stringify(account ?? mbox ?? "").replace(/^""$/, ""));

// A mastery score between two whole percents is reached by the higher one.
const percent = (scaled) => Math.ceil(Math.round(scaled * 1e9) / 1e7);

function createSession(scope, launch, request, storage) {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  // A new enrolment is a new registration, which begins with nothing and has everything to tell.
  const enrolment = versionOf(JSON.stringify([launch.registration, launch.activityId]));
  const unsent = createUnsent(scope, () => session.learner && `${session.learner}:${enrolment}`, storage);
  const session = { condition: "normal", learner: nameOf(launch.actor), leave: "" };
  /** @type {any} */
  let lrs = null;
  /** @type {any} */
  let report = null; // from `initialized` on

  async function begin() {
    const token = await patiently(() => fetchToken(launch, request));
    lrs = createLrs(launch, token, request);
    const [data, saved] = await Promise.all([
      patiently(() => lrs.readState("LMS.LaunchData")),
      patiently(() => lrs.readState(STATE)),
      lrs.readPreferences().catch(() => {}), // Asked for, as section 11 wants it; nothing here depends on it.
    ]);
    const known = data ?? {};
    if (known.launchMode && known.launchMode !== "Normal") session.condition = "review";
    if (typeof known.masteryScore === "number") for (const unit of scope.units) unit.check = percent(known.masteryScore);
    session.leave = known.returnURL ?? "";
    const statements = createStatements(launch, known, scope);
    const first = [statements.initialized()];
    await patiently(() => lrs.send(first));
    report = createReport(scope, statements, seconds, { ...NOTHING, ...saved?.told });
    if (session.condition === "review") return saved?.whole ?? null;
    const whole = unsent.recover(saved?.whole ?? null, saved?.at ?? "");
    for (const one of unsent.told) report.learn({ ...NOTHING, ...one });
    return whole;
  }

  async function keep(whole, at) {
    const state = () => ({ whole: unsent.keep(whole, at, report.told), told: report.told, at });
    await lrs.writeState(STATE, state(), ({ whole: theirs, at: version = "", told }) => {
      if (!unsent.versions.includes(version)) unsent.join(theirs, version);
      report.learn({ ...NOTHING, ...told });
      return state();
    });
  }

  // An LRS may refuse all that comes together with what it has: what may be there already is said again by itself.
  async function tell() {
    const [again, first] = [true, false].map((is) => report.waiting.filter((one) => one.again === is));
    await tellOneByOne(again);
    for (const one of first) one.again = true; // Nobody may be here any more to see whether it arrives.
    try {
      if (first.length === 0 || (await lrs.send(statementsOf(first)))) report.confirm(first);
      else await tellOneByOne(first); // Another window has said some of it.
    } catch (failure) {
      for (const one of first) one.again = !failure.refused;
      throw failure;
    }
    return [...again, ...first].some(({ verb, refused }) => verb && !refused);
  }

  async function tellOneByOne(entries) {
    for (const one of entries) {
      if (await lrs.sendAgain(one.statements)) report.confirm([one]);
      else one.refused = true; // The session may be abandoned: the next one says it.
    }
  }

  return Object.assign(session, {
    async open() {
      try {
        return await begin();
      } catch (failure) {
        session.condition = failure.ended ? "session_ended" : "away";
        return unsent.recover(null, null);
      }
    },
    async save(whole, { last: leaving = false } = {}) {
      if (session.condition === "review") return { at: null, browserOnly: [] };
      session.hold(whole);
      if (session.condition !== "normal") return { at: null, browserOnly: [] };
      const at = new Date();
      const version = unsent.nameOf(at);
      report.collect(whole);
      const kept = keep(whole, version);
      if (!leaving) {
        await kept;
        // Said twice, a verb would break the rules: the LRS's state must know of it before anything else happens.
        if (await tell()) await keep(whole, version);
      }
      await kept;
      unsent.sent(version);
      return { at, browserOnly: [] };
    },
    hold(whole) {
      if (session.condition !== "review") unsent.hold(whole, report?.told);
    },
    close() {
      if (report) lrs.send(report.rest()).catch(() => {});
    },
  });
}
