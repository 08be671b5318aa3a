// Every kind of activity. A kind has:
//   given(element)            what is filled in now
//   mount(element, unit, changed)  listens, and calls `changed` at every change
//   show(element, given, say) fills it in
//   missing(element, given)   what still has to be done, as [string key, values], or null
//   mark(element, given)      {points: 0–100 | null, said: [string key, values]}
//   reveal(element, given, say, {unit, answers})  shows the feedback;  hide(element) takes it away
//   interactions(element, given) for the LMS's reports: [{id, type, response, correct, result}]

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

export function interactionsOf({ id, kind, counts, element }, given) {
  return KINDS[kind].interactions(element, given).map((one) => ({ ...one, id: one.id ? `${id}.${one.id}` : id, counts }));
}
