// Answers as xAPI writes them (xAPI 1.0.3, Data, section 2.4.4.1), so that a report can be read without the course: the
// question, all that could be chosen, what was chosen.

import { interactionsOf } from "../activities/index.js";
import { beginningOf, withoutHalves } from "./plain_text.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const LONGEST = 1000; // characters of a text

// What each kind of interaction chooses from, by the names that both xAPI and the activities' wording have for it.
const COMPONENTS = { choice: ["choices"], likert: ["scale"], sequencing: ["choices"], matching: ["source", "target"], performance: ["steps"] };

// [{object, result}] of an activity that was answered. What people write for themselves stays out of reports, unless the
// course says otherwise.
export function answeredStatements(launch, unit, activity, given) {
  return interactionsOf(activity, given).map((one) => {
    const definition = definitionOf(one, activity.wording ?? {}, unit.language);
    const object = { objectType: "Activity", id: `${launch.activityId}/${one.id}`, definition };
    if (one.own && !unit.reportsTexts) return { object };
    const success = one.result === "neutral" ? {} : { success: one.result === "right" };
    return { object, result: { response: written(one.type, one.response), ...success } };
  });
}

function definitionOf(one, { question = "", statements = {}, parts = {} }, language) {
  const { type, correct, response } = one;
  const said = (text) => ({ [language]: beginningOf(text, LONGEST) });
  const interactionType = type === "fill-in" && response.length > 250 ? "long-fill-in" : type;
  const pattern = correct === undefined ? {} : { correctResponsesPattern: [written(type, correct)] };
  // Some LRSs take no component without a description.
  const listed = (texts) => texts.map((text, place) => ({ id: LETTERS[place], description: said(text || LETTERS[place]) }));
  const components = (COMPONENTS[type] ?? []).map((name) => [name, listed(parts[name] ?? [])]).filter(([, list]) => list.length);
  return {
    type: "http://adlnet.gov/expapi/activities/cmi.interaction",
    ...(question ? { name: said(statements[one.part] ?? question), description: said(question) } : {}),
    interactionType,
    ...pattern,
    ...Object.fromEntries(components),
  };
}

// The separators are those of SCORM 2004.
function written(type, response) {
  if (type === "fill-in") return withoutHalves(response);
  const pair = ([left, right]) => `${LETTERS[left]}[.]${LETTERS[right]}`;
  const one = type === "matching" || type === "performance" ? pair : (place) => LETTERS[place];
  return response.map(one).join("[,]");
}
