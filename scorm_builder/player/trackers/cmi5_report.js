// What a cmi5 session has to tell: verbs that are said once in a registration, and answers as they were given.

const DONE = ["passed", "completed"];

// `told`: what the LRS has confirmed, in this session or an earlier one: {verbs: [], answers: {activity: given}}, and
// `promised`, {verb: the statement's id}: what it was sent, or was about to be, and has not confirmed.
export function createReport(scope, statements, seconds, told) {
  let waiting = []; // [{statements, verb} | {statements, activity, given}]
  let failed = null;

  const isTold = (verb) => told.verbs.includes(verb) || waiting.some((one) => one.verb === verb);
  const lastGiven = (activity) => waiting.filter((one) => one.activity === activity).at(-1)?.given ?? told.answers[activity];

  function answered({ units }) {
    for (const activity of scope.shown?.activities ?? []) {
      const answer = units[scope.shown.id]?.answers[activity.id];
      const given = JSON.stringify(answer?.given);
      if (!answer?.checked || !activity.element || lastGiven(activity.id) === given) continue;
      waiting.push({ statements: statements.answered(activity, answer.given), activity: activity.id, given });
    }
  }

  function say(verb, statement) {
    if (!isTold(verb)) waiting.push({ statements: [statement()], verb });
  }

  return {
    get told() {
      const promised = Object.fromEntries(waiting.flatMap(({ verb, statements: [one] }) => (verb ? [[verb, one.id]] : [])));
      return { ...told, promised };
    },
    // Gives what is to be sent now.
    collect(whole) {
      answered(whole);
      if (DONE.includes(whole.status)) say("completed", () => statements.completed(seconds()));
      if (whole.status === "passed") say("passed", () => statements.passed(whole, seconds()));
      // A session says one thing of success: failing is said at its end, if it has not been made good by then.
      failed = whole.status === "failed" ? () => statements.failed(whole, seconds()) : null;
      return [...waiting];
    },
    // The LRS has these. Returns whether a verb was among them that must never be said again.
    confirm(sent) {
      waiting = waiting.filter((one) => !sent.includes(one));
      const answers = sent.filter(({ activity }) => activity).map(({ activity, given }) => [activity, given]);
      const verbs = sent.flatMap(({ verb }) => (verb ? [verb] : []));
      told = { verbs: [...told.verbs, ...verbs], answers: { ...told.answers, ...Object.fromEntries(answers) } };
      return verbs.length > 0;
    },
    // Another window has told these.
    learn({ verbs = [], answers = {} }) {
      told = { verbs: [...new Set([...told.verbs, ...verbs])], answers: { ...answers, ...told.answers } };
    },
    // What waits still, and the last word, in this order.
    rest: () => [...statementsOf(waiting), ...(failed ? [failed()] : []), statements.terminated(seconds())],
  };
}

export const statementsOf = (entries) => entries.flatMap(({ statements }) => statements);
