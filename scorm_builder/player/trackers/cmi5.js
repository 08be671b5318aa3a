// cmi5 (Quartz): `initialized` first, `terminated` last, passed or failed with the score, progress in the LRS's state.
//
// Nothing may reach the LMS after `terminated` (cmi5, section 8.1.2): it is said when nothing else is on its way.

import { browserStorage } from "../storage.js";
import { SaveFailed } from "../tracker.js";
import { adoptWhole, contentOf } from "../whole.js";
import { fetchToken, patiently, readLaunch, readLaunchData } from "./cmi5_launch.js";
import { createReport, NOTHING } from "./cmi5_report.js";
import { createStatements } from "./cmi5_statements.js";
import { createTelling } from "./cmi5_telling.js";
import { createNone } from "./none.js";
import { outlasts } from "./outlasting.js";
import { createUnsent, pseudonym, versionOf } from "./unsent.js";
import { createLrs } from "./xapi.js";

const STATE = "partnerwise";

export function createCmi5(
  scope,
  { launch = readLaunch(), request = (/** @type {Parameters<typeof fetch>} */ ...args) => window.fetch(...args), storage = browserStorage } = {},
) {
  return launch ? createSession(scope, launch, request, storage) : createNone(scope, { storage });
}

// The session's learner; "" where the launch names nobody.
const nameOf = ({ account, mbox }) => pseudonym(JSON.stringify(account ?? mbox ?? "").replace(/^""$/, ""));

// The LMS's score that passes, as it is; a page shows it in percent.
function keepToMastery(scope, { masteryScore }) {
  if (typeof masteryScore !== "number" || !(masteryScore >= 0 && masteryScore <= 1)) return;
  for (const unit of scope.units) {
    unit.mastery = masteryScore;
    unit.check = masteryScore * 100;
  }
}

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
  let report = null; // from `initialized` on, as what tells it:
  /** @type {any} */
  let telling = null;
  let over = false; // from `terminated` on
  let [there, toldThere] = ["", ""]; // what the LRS's state has of the work and of what was told, and when that was sure
  /** @type {Date | null} */
  let savedAt = null;
  /** @type {any} */
  let leaving = null; // {whole, version}: what the page had not handed over when it went away
  let stateFails = false;
  let onItsWay = ""; // the work that the LRS is being sent

  async function begin() {
    const token = await patiently(() => fetchToken(launch, request));
    lrs = createLrs(launch, token, request);
    const [data, saved] = await Promise.all([
      patiently(() => readLaunchData(lrs)),
      patiently(() => lrs.readState(STATE)),
      // Asked for, as section 11 wants it before the first statement; nothing here depends on it.
      lrs.readPreferences().catch(() => patiently(() => lrs.readPreferences())).catch(() => {}),
    ]);
    session.leave = data.returnURL ?? "";
    if (data.launchMode && data.launchMode !== "Normal") session.condition = "review";
    keepToMastery(scope, data);
    const statements = createStatements(launch, data, scope);
    await initialize(statements.initialized());
    const mine = session.condition === "review" ? (saved?.whole ?? null) : unsent.recover(saved?.whole ?? null, saved?.at ?? "");
    report = createReport(scope, statements, seconds, saved?.told, mine && adoptWhole(mine, scope));
    telling = createTelling(lrs, report, () => statements.terminated(seconds()));
    if (session.condition === "review") return mine;
    for (const one of unsent.told) report.learn(one);
    if (saved) [there, savedAt] = [contentOf(adoptWhole(saved.whole, scope)), new Date()];
    return mine;
  }

  // Where the answer was lost, the LRS may have it.
  const initialize = (statement) =>
    patiently(async (times) => {
      if (times > 0 && (await lrs.has(statement))) return;
      const isRefused = (await lrs.send([statement])) === "refused";
      if (isRefused && times === 0) throw new SaveFailed("", { ended: true, condition: "away" });
    });

  async function keep(whole, version) {
    onItsWay = contentOf(whole);
    const state = () => ({ whole: unsent.keep(whole, version, report.told), told: report.told, at: version });
    try {
      await lrs.writeState(STATE, state(), ({ whole: theirs, at: other = "", told }) => {
        if (!unsent.versions.includes(other)) unsent.join(theirs, other);
        report.learn({ ...NOTHING, ...told });
        return state();
      });
      stateFails = false;
    } catch (failure) {
      stateFails = true;
      throw failure;
    } finally {
      onItsWay = "";
    }
    [there, toldThere, savedAt] = [contentOf(whole), JSON.stringify(report.told), new Date()];
    unsent.sent(version);
  }

  // Said twice, a verb would break the rules: the state must know what is to be said before it is, and what was said
  // before anything else happens.
  async function handOver(whole) {
    const keepNow = () => keep(whole, unsent.nameOf(new Date()));
    if (!isKept(whole) || toldThere !== JSON.stringify(report.told)) await keepNow();
    if (await telling.tell()) await keepNow();
  }

  // Time alone is no change.
  const isKept = (whole) => contentOf(whole) === there;
  const said = () => ({ at: savedAt, browserOnly: [], untold: report.untold });

  async function save(whole) {
    report.collect(whole);
    if (isKept(whole) && telling.isDone()) return said();
    if (!isKept(whole)) session.hold(whole);
    await handOver(whole);
    return said();
  }

  return Object.assign(session, {
    async open() {
      try {
        return await begin();
      } catch (failure) {
        session.condition = failure.condition || (failure.ended ? "session_ended" : "away");
        return unsent.recover(null, null);
      }
    },
    async save(whole, { last = false } = {}) {
      if (session.condition === "review") return { at: null, browserOnly: [] };
      if (session.condition !== "normal" || over) {
        session.hold(whole);
        if (over) throw new SaveFailed("", { ended: true });
        return { at: null, browserOnly: [] };
      }
      if (!last) return save(whole);
      report.collect(whole);
      if (!isKept(whole)) {
        session.hold(whole);
        leaving = { whole, version: unsent.nameOf(new Date()) };
      }
      return said();
    },
    hold(whole) {
      if (session.condition !== "review") unsent.hold(whole, report?.told);
    },
    async finish(whole) {
      if (!report || over) return;
      if (session.condition === "normal") {
        await save(whole);
        if (await telling.tellFailed()) await keep(whole, unsent.nameOf(new Date()));
      }
      over = true;
      await telling.end();
    },
    // The page goes away, and sees no answer any more. Where something is on its way, or must be, the last word could
    // overtake it: then it is left to the LMS to see that this session has ended.
    close() {
      if (!report || over) return;
      over = true;
      const unsaved = leaving && !stateFails && outlasts(JSON.stringify([leaving.whole, report.told]));
      if (!lrs.isBusy() && !unsaved) return telling.endNow();
      if (unsaved && contentOf(leaving.whole) !== onItsWay) keep(leaving.whole, leaving.version).catch(() => {});
      return telling.tellNow();
    },
  });
}
