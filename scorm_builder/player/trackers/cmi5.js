// cmi5 (Quartz): `initialized` first, `terminated` last, passed or failed with the score, progress in the LRS's state.

import { connect, readLaunch } from "./cmi5_launch.js";
import { createStatements } from "./cmi5_statements.js";
import { createNone } from "./none.js";

const STATE = "partnerwise";
const DONE = ["passed", "completed"];

export function createCmi5(scope, launch = readLaunch(), request = undefined) {
  return launch ? createSession(scope, launch, request) : createNone(scope);
}

function createSession(scope, launch, request) {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  // `told`: what an earlier session has reported: verbs that are said once, and answers as they were given.
  let told = { verbs: [], answers: {} };
  let lrs = null;
  let statements = null;
  let waiting = [];
  let failed = null;
  const session = { condition: "normal", learner: JSON.stringify(launch.actor.account ?? launch.actor.mbox ?? ""), leave: "" };

  async function begin() {
    lrs = await connect(launch, request);
    const data = (await lrs.readState("LMS.LaunchData")) ?? {};
    await lrs.readPreferences(); // Asked for, as section 11 wants it; nothing here depends on it.
    if (data.launchMode && data.launchMode !== "Normal") session.condition = "review";
    if (typeof data.masteryScore === "number") for (const unit of scope.units) unit.check = Math.round(data.masteryScore * 100);
    session.leave = data.returnURL ?? "";
    statements = createStatements(launch, data, scope);
    await lrs.send([statements.initialized()]);
    const saved = await lrs.readState(STATE);
    told = { ...told, ...saved?.told };
    return saved?.whole ?? null;
  }

  function report(whole) {
    const say = (verb, statement) => {
      if (told.verbs.includes(verb)) return;
      told = { ...told, verbs: [...told.verbs, verb] };
      waiting.push(statement());
    };
    answersOf(whole);
    if (DONE.includes(whole.status)) say("completed", () => statements.completed(seconds()));
    if (whole.status === "passed") say("passed", () => statements.passed(whole, seconds()));
    // A session says one thing of success: failing is said at its end, if it has not been made good by then.
    failed = whole.status === "failed" ? () => statements.failed(whole, seconds()) : null;
  }

  function answersOf({ units }) {
    for (const activity of scope.shown?.activities ?? []) {
      const answer = units[scope.shown.id]?.answers[activity.id];
      const given = JSON.stringify(answer?.given);
      if (!answer?.checked || told.answers[activity.id] === given) continue;
      told = { ...told, answers: { ...told.answers, [activity.id]: given } };
      waiting.push(...statements.answered(activity, answer.given));
    }
  }

  return Object.assign(session, {
    async open() {
      try {
        return await begin();
      } catch {
        const alone = createNone(scope);
        Object.assign(session, { condition: "no_lms", save: alone.save, close: alone.close });
        return alone.open();
      }
    },
    async save(whole, { last: leaving = false } = {}) {
      if (session.condition === "review") return { at: new Date(), browserOnly: [] };
      report(whole);
      const kept = lrs.writeState(STATE, { whole, told });
      if (leaving) return kept.then(() => ({ at: new Date(), browserOnly: [] }));
      await kept;
      const sent = [...waiting];
      if (sent.length) await lrs.send(sent);
      waiting = waiting.filter((statement) => !sent.includes(statement));
      return { at: new Date(), browserOnly: [] };
    },
    // What waits still, and the last word, in one request: their order must not change.
    close() {
      const rest = [...waiting, ...(failed ? [failed()] : []), statements.terminated(seconds())];
      lrs.send(rest).catch(() => {});
    },
  });
}
