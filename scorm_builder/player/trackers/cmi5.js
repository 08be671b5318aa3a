// cmi5 (Quartz): `initialized` first, `terminated` last, passed or failed with the score, progress in the LRS's state.

import { mergeWholes } from "../whole.js";
import { fetchToken, patiently, readLaunch } from "./cmi5_launch.js";
import { createReport, statementsOf } from "./cmi5_report.js";
import { createStatements } from "./cmi5_statements.js";
import { createNone } from "./none.js";
import { createUnsent } from "./unsent.js";
import { createLrs } from "./xapi.js";

const STATE = "partnerwise";
const NOTHING = { verbs: [], answers: {}, promised: {} };

export function createCmi5(scope, launch = readLaunch(), request = (...args) => window.fetch(...args)) {
  return launch ? createSession(scope, launch, request) : createNone(scope);
}

// The session's learner; "" where the launch names nobody.
const nameOf = ({ account, mbox }) => JSON.stringify(account ?? mbox ?? "").replace(/^""$/, "");

// A mastery score between two whole percents is reached by the higher one.
const percent = (scaled) => Math.ceil(Math.round(scaled * 1e9) / 1e7);

function createSession(scope, launch, request) {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const unsent = createUnsent(scope, () => session.learner);
  const session = { condition: "normal", learner: nameOf(launch.actor), leave: "" };
  let lrs = null;
  let report = null; // from `initialized` on
  let theirs = null; // what another window has saved meanwhile

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
    const before = await told(saved);
    const first = [statements.initialized()];
    await patiently(() => lrs.send(first));
    report = createReport(scope, statements, seconds, before);
    if (session.condition === "review") return saved?.whole ?? null;
    return unsent.recover(saved?.whole ?? null, saved?.at ?? "");
  }

  // A verb may be said once in a registration: of one that a former session could not see confirmed, the LRS knows.
  async function told(saved) {
    const { verbs, answers, promised } = { ...NOTHING, ...saved?.told };
    const asked = Object.entries(promised).filter(([verb]) => !verbs.includes(verb));
    const arrived = await Promise.all(asked.map(([, id]) => patiently(() => lrs.hasStatement(id))));
    return { verbs: [...verbs, ...asked.filter((_, place) => arrived[place]).map(([verb]) => verb)], answers };
  }

  async function keep(whole, at) {
    const ours = () => ({ whole: theirs ? mergeWholes(whole, theirs, scope) : whole, told: report.told, at });
    await lrs.writeState(STATE, ours(), (found) => {
      theirs = found.whole;
      report.learn(found.told ?? {});
      return ours();
    });
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
      const at = new Date();
      const version = at.toISOString();
      unsent.keep(whole, version);
      if (session.condition !== "normal") return { at: null, browserOnly: [] };
      const sent = report.collect(whole);
      const kept = keep(whole, version);
      if (!leaving) {
        await kept;
        if (sent.length) await lrs.send(statementsOf(sent));
        // Said twice, a verb would break the rules: the LRS's state must know of it before anything else happens.
        if (report.confirm(sent)) await keep(whole, version);
      }
      await kept;
      unsent.sent(version);
      return { at, browserOnly: [] };
    },
    close() {
      if (report) lrs.send(report.rest()).catch(() => {});
    },
  });
}
