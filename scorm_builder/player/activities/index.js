// Every kind of activity. A kind has:
//   question(element)         what the page asks, as plain data: all that the rules need
//   given(element)            what is filled in now
//   mount(element, unit, changed)  listens, and calls `changed` at every change
//   show(element, given, say) fills it in
//   reveal(element, given, say, {unit, answers})  shows the feedback;  hide(element) takes it away
// and, apart from the page, its rules:
//   missing(question, given)  what still has to be done, as [string key, values], or null
//   mark(question, given)     {points: 0–100 | null, said: [string key, values]}
//   interactions(question, given) for the LMS's reports: [{id, type, response, correct, result}]; `own`: a text that
//                             somebody wrote for himself
// A kind with interactions has, for reports that are read without the page:
//   wording(element)          {question, parts: {what can be chosen: [texts]}, statements: {id of an interaction: text}}

import { cards } from "./cards.js";
import { checklist } from "./checklist.js";
import { choice } from "./choice.js";
import { download } from "./download.js";
import { matching } from "./matching.js";
import { ordering } from "./ordering.js";
import { reflection } from "./reflection.js";
import { scenario } from "./scenario.js";
import { shortAnswer } from "./short_answer.js";
import { statements } from "./statements.js";

export const KINDS = {
  "single-choice": choice,
  "multiple-choice": choice,
  matching,
  ordering,
  scale: statements,
  poll: statements,
  reflection,
  cards,
  "short-answer": shortAnswer,
  scenario,
  checklist,
  download,
};

export const wordingOf = (kind, element) => element && (KINDS[kind].wording?.(element) ?? null);

export const questionOf = (kind, element) => element && KINDS[kind].question(element);

export function interactionsOf({ id, kind, counts, question }, given) {
  return KINDS[kind].interactions(question, given).map((one) => ({ ...one, part: one.id, id: one.id ? `${id}.${one.id}` : id, counts }));
}
