// A small cmi5 LMS: each visit is begun by the preview's LRS, which also says what units have told it.

import { readKept, writeKept } from "./_kept.js";

const JUDGED = ["completed", "passed", "failed"];
const verbOf = (statement) => statement.verb.id.split("/").pop();

export function createCmi5({ name, unit, language, changed }) {
  const kept = readKept(name) ?? { registration: window.crypto.randomUUID() };
  const address = `/lrs/${kept.registration}`;
  let record = { statements: [], state: {} };
  writeKept(name, kept);

  async function refresh() {
    record = await (await window.fetch(`${address}/record`)).json();
    changed();
  }

  return {
    async open() {
      const answer = await window.fetch(`${address}/visits/${language}/${unit}`, { method: "POST" });
      await refresh();
      return (await answer.json()).address;
    },
    close() {},
    refresh,
    facts: () => factsOf(record),
  };
}

function factsOf({ statements, state }) {
  const verbs = statements.map(verbOf);
  const scored = statements.filter(({ result }) => result?.score).pop();
  const timed = statements.filter(({ result }) => result?.duration).pop();
  const { whole } = state.partnerwise ?? {};
  return {
    format: "cmi5",
    status: JUDGED.filter((verb) => verbs.includes(verb)).join(" · ") || (verbs.length ? "initialized" : ""),
    score: scored?.result.score.raw,
    progress: null,
    place: whole?.units[whole.current]?.page,
    time: timed?.result.duration,
    state: { text: state.partnerwise ? JSON.stringify(state.partnerwise) : "", limit: null },
    answers: statements.filter((statement) => verbOf(statement) === "answered").map(answerOf),
    objectives: [],
    said: { kind: "statements", count: statements.length, entries: statements.map(entryOf) },
  };
}

function answerOf({ object, result }) {
  const success = { true: "right", false: "wrong" }[result.success] ?? "";
  return { id: object.id.split("/").pop(), kind: object.definition.interactionType, answer: result.response, result: success };
}

function entryOf(statement) {
  const at = Date.parse(statement.timestamp);
  return { at, words: verbOf(statement), detail: JSON.stringify(statement, null, 1) };
}
