// What a cmi5 session has to tell: verbs that are said once in a registration, and answers as they were given.

const DONE = ["passed", "completed"];

// What the LRS's state knows: `verbs` and `answers` ({activity: given}) that the LRS has confirmed, in this session or an
// earlier one, and `promised` ({verb: the statement's id}): what it was about to be sent. Where nobody saw whether that
// arrived, it is said again under the same id, of which an LRS takes one.
export function createReport(scope, statements, seconds, { verbs, answers, promised }) {
  let told = { verbs, answers };
  // [{statements, again} with {verb} or {activity, given}]; `again`: it may have arrived; `refused`: the next says it.
  let waiting = [];
  /** @type {any} */
  let failed = null;

  const isTold = (verb) => told.verbs.includes(verb) || waiting.some((one) => one.verb === verb);
  // Another window may have passed meanwhile, or be about to: in a registration nothing fails after that.
  const isPassed = () => told.verbs.includes("passed") || "passed" in promised;
  const lastGiven = (activity) => waiting.filter((one) => one.activity === activity).at(-1)?.given ?? told.answers[activity];

  function answered({ units }) {
    for (const activity of scope.shown?.activities ?? []) {
      const answer = units[scope.shown.id]?.answers[activity.id];
      const given = JSON.stringify(answer?.given);
      if (!answer?.checked || !activity.question || lastGiven(activity.id) === given) continue;
      const said = statements.answered(activity, answer.given);
      waiting.push({ statements: said, again: false, activity: activity.id, given });
    }
  }

  function say(verb, make) {
    if (isTold(verb)) return;
    const statement = make();
    const again = verb in promised;
    if (again) statement.id = promised[verb];
    else promised = { ...promised, [verb]: statement.id };
    waiting.push({ statements: [statement], verb, again });
  }

  return {
    get told() {
      return { ...told, promised };
    },
    // What is to be sent now.
    get waiting() {
      return waiting.filter(({ refused }) => !refused);
    },
    collect(whole) {
      answered(whole);
      if (DONE.includes(whole.status)) say("completed", () => statements.completed(seconds()));
      if (whole.status === "passed") say("passed", () => statements.passed(whole, seconds()));
      // A session says one thing of success: failing is said at its end, if it has not been made good by then.
      failed = whole.status === "failed" ? () => statements.failed(whole, seconds()) : null;
    },
    // The LRS has these.
    confirm(sent) {
      waiting = waiting.filter((one) => !sent.includes(one));
      const known = sent.filter(({ activity }) => activity).map(({ activity, given }) => [activity, given]);
      const said = sent.flatMap(({ verb }) => (verb ? [verb] : []));
      told = { verbs: [...told.verbs, ...said], answers: { ...told.answers, ...Object.fromEntries(known) } };
    },
    // What another window has told, or promised.
    learn(theirs) {
      told = { verbs: [...new Set([...told.verbs, ...theirs.verbs])], answers: { ...theirs.answers, ...told.answers } };
      promised = { ...promised, ...theirs.promised };
      waiting = waiting.filter(({ verb }) => !told.verbs.includes(verb));
      for (const one of waiting.filter(({ verb }) => verb in theirs.promised)) {
        one.again ||= one.statements[0].id !== promised[one.verb];
        one.statements[0].id = promised[one.verb];
      }
    },
    // What was never handed over, and the last word, in this order; what may have arrived is left to the next session.
    rest: () => [
      ...statementsOf(waiting.filter(({ again }) => !again)),
      ...(failed && !isPassed() ? [failed()] : []),
      statements.terminated(seconds()),
    ],
  };
}

export const statementsOf = (entries) => entries.flatMap(({ statements }) => statements);
