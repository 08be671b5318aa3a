// Draws what the LMS keeps: the few facts of its gradebook, the saved state against its limit, answers, and every call.

import { made, say, timeOf } from "./_words.js";

const NEARLY_FULL = 0.9;
const panel = document.querySelector(".panel");
const at = (name) => panel.querySelector(`[data-${name}]`);

export function drawPanel(facts, mastery) {
  at("facts").replaceChildren(...factRows(facts, mastery));
  drawState(facts.state);
  drawAnswers(facts.answers);
  drawList("objectives", facts.objectives.map(({ id, status, score }) => made("li", `${id}: ${status} ${score}`)));
  drawSaid(facts.said);
}

function factRows({ format, status, score, progress, place, time }, mastery) {
  const missing = say("not_there", { format });
  const percent = (number) => say("percent", { number });
  const reached = score === undefined || score === "" ? "" : say("score_of", { raw: score });
  const needed = mastery === null ? "" : say("passing", { mastery: percent(mastery) });
  const rows = [
    ["status", status],
    ["score", reached, needed],
    ["progress", progress === null ? "" : percent(progress), progress === null ? missing : ""],
    ["place", place],
    ["time", time],
  ];
  return rows.map(([name, value, beside = ""]) => {
    const shown = value || (beside === missing ? "–" : say("none_yet"));
    const content = made("dd", "", made(value ? "strong" : "span", shown), beside ? made("small", beside) : "");
    content.dataset.fact = name;
    return made("div", "", made("dt", say(name)), content);
  });
}

function drawState({ text, limit }) {
  const meter = at("meter");
  meter.hidden = limit === null;
  Object.assign(meter, { max: limit ?? 1, high: (limit ?? 1) * NEARLY_FULL, value: text.length });
  const words = { used: text.length.toLocaleString("en"), limit: limit?.toLocaleString("en") };
  at("used").textContent = say(limit === null ? "state_free" : "state_used", words);
  at("full").hidden = limit === null || text.length < limit * NEARLY_FULL;
  put(at("state"), text);
}

function drawAnswers(answers) {
  at("answers").querySelector("summary").textContent = say("answers", { count: answers.length });
  const rows = answers.map(({ id, kind, answer, result }) => {
    const row = made("tr", "", ...[id, kind, answer, result].map((text) => made("td", text ?? "")));
    row.dataset.result = { correct: "right", incorrect: "wrong" }[result] ?? result ?? "";
    return row;
  });
  at("answers").querySelector("tbody").replaceChildren(...rows);
  at("answers").querySelector("table").hidden = answers.length === 0;
}

function drawSaid({ kind, count, entries }) {
  drawList("log", [...entries].reverse().map(lineOf), say(kind, { count }));
  at("log").querySelector("ol").start = count;
}

function lineOf({ at: when, words, detail, refused }) {
  const line = made("li", "", made("time", timeOf(when)), " ");
  if (detail) line.append(made("details", "", made("summary", words), made("pre", detail)));
  else line.append(made("code", words));
  if (refused) line.append(" ", made("strong", say("refused")));
  return line;
}

// What is unfolded stays unfolded as long as the list does not change.
function drawList(name, items, title = say(name, { count: items.length })) {
  const box = at(name);
  box.hidden = items.length === 0 && name === "objectives";
  box.querySelector("summary").textContent = title;
  const list = box.querySelector("ol, ul");
  if (list.dataset.shown === title) return;
  list.dataset.shown = title;
  list.replaceChildren(...items);
}

const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};
