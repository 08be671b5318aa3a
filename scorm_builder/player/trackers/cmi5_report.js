// What a cmi5 session has to tell: verbs that are said once in a registration, and answers as they were given.

import { digest } from "../digest.js";
import { countedAnswers, finishedAttempt } from "../progress.js";

const DONE = ["passed", "completed"];
export const NOTHING = { verbs: [], answers: {}, failed: 0, promised: {}, asked: {} };

// What the LRS's state knows: `verbs`, `answers` ({activity: given}) and `failed` (the last attempt that was called so) are
// what the LRS has confirmed, in this session or an earlier one. `promised` ({verb: the statement's id}) and `asked`
// ({activity: {given: its digest, ids}}) are what it was about to be sent: where nobody saw whether that arrived, it is said again
// under the same id, of which an LRS takes one.
export function createReport(scope, statements, seconds, known, opened) {
  let { promised, asked, ...told } = { ...NOTHING, ...known };
  // [{statement, again} with {verb} or {activity, given}]; `again`: it may have arrived; `refused`: the next session says it.
  let waiting = [];
  /** @type {any} */
  let failed = null; // {statement, again, attempt}: said at the end
  const unit = scope.units[0];
  const begunWith = countedAnswers(opened?.units[unit.id], unit);

  const isTold = (verb) => told.verbs.includes(verb) || waiting.some((one) => one.verb === verb);
  // Another window may have passed meanwhile, or be about to: in a registration nothing fails after that.
  const isPassed = () => told.verbs.includes("passed") || "passed" in promised;
  const lastGiven = (activity) => waiting.filter((one) => one.activity === activity).at(-1)?.given ?? told.answers[activity];

  function collectAnswers({ units }) {
    for (const activity of scope.shown?.activities ?? []) {
      const answer = units[scope.shown.id]?.answers[activity.id];
      const given = JSON.stringify(answer?.given);
      if (answer?.checked && activity.question && lastGiven(activity.id) !== given) addAnswer(activity, answer.given, given);
    }
  }

  function addAnswer(activity, answer, given) {
    const said = statements.answered(activity, answer);
    const before = asked[activity.id];
    const again = before?.given === digest(given);
    if (again) said.forEach((one, place) => { one.id = before.ids[place] ?? one.id; });
    asked = { ...asked, [activity.id]: { given: digest(given), ids: said.map(({ id }) => id) } };
    waiting.push(...said.map((statement) => ({ statement, again, activity: activity.id, given })));
  }

  function say(verb, make) {
    if (isTold(verb)) return;
    const again = verb in promised;
    const statement = { ...make(), ...(again ? { id: promised[verb] } : {}) };
    promised = { ...promised, [verb]: statement.id };
    waiting.push({ statement, verb, again });
  }

  // A session says one thing of success: failing is said at its end, if it has not been made good by then. It is said once
  // of each attempt, and only by a session in which something was answered.
  function collectFailure(whole) {
    const progress = whole.units[unit.id];
    const attempt = whole.status === "failed" && finishedAttempt(progress, unit);
    if (!attempt || told.failed === attempt || countedAnswers(progress, unit) === begunWith) {
      failed = null;
      return;
    }
    const before = promised.failed?.attempt === attempt && promised.failed;
    const statement = statements.failed(whole, seconds());
    if (before) statement.id = before.id;
    failed = { statement, attempt, again: failed?.attempt === attempt ? failed.again : Boolean(before) };
    promised = { ...promised, failed: { attempt, id: statement.id } };
  }

  return {
    get told() {
      return { ...told, promised, asked };
    },
    // What is to be sent now: answers, and cmi5's own verbs, which must not suffer from an answer that an LRS refuses.
    get waiting() {
      const left = waiting.filter(({ refused }) => !refused);
      return { answers: left.filter(({ activity }) => activity), verbs: left.filter(({ verb }) => verb) };
    },
    // What is said at the end only, or null.
    get failed() {
      return isPassed() ? null : failed;
    },
    // Whether the LMS does not know a result.
    get untold() {
      return waiting.some(({ verb, refused }) => verb && refused);
    },
    collect(whole) {
      collectAnswers(whole);
      if (DONE.includes(whole.status)) say("completed", () => statements.completed(seconds()));
      if (whole.status === "passed") say("passed", () => statements.passed(whole, seconds()));
      collectFailure(whole);
    },
    // The LRS has these.
    confirm(sent) {
      waiting = waiting.filter((one) => !sent.includes(one));
      for (const { verb, activity, given } of sent) {
        if (verb) told = { ...told, verbs: [...told.verbs, verb] };
        else if (!waiting.some((one) => one.activity === activity && one.given === given)) {
          told = { ...told, answers: { ...told.answers, [activity]: given } };
          if (asked[activity]?.given === digest(given)) asked = Object.fromEntries(Object.entries(asked).filter(([id]) => id !== activity));
        }
      }
    },
    confirmFailed() {
      told = { ...told, failed: failed.attempt };
      failed = null;
    },
    // What another window has told, or promised.
    learn(other) {
      const theirs = { ...NOTHING, ...other };
      const verbs = [...new Set([...told.verbs, ...theirs.verbs])];
      told = { ...told, verbs, answers: { ...theirs.answers, ...told.answers }, failed: told.failed || theirs.failed };
      promised = { ...promised, ...theirs.promised };
      asked = { ...theirs.asked, ...asked };
      waiting = waiting.filter(({ verb }) => !told.verbs.includes(verb));
      for (const one of waiting.filter(({ verb }) => verb in theirs.promised)) {
        one.again ||= one.statement.id !== promised[one.verb];
        one.statement.id = promised[one.verb];
      }
    },
  };
}

export const isFresh = ({ again, refused }) => !again && !refused;
export const statementsOf = (entries) => entries.map(({ statement }) => statement);
