// Units as the player knows them, without a page: what the built HTML of the tests' two courses says.

import { ofOne, ofSeveral } from "../../../scorm_builder/player/scope.js";

const key = (prefix, place) => prefix + place.toString(36).padStart(2, "0");

// `activities`: [{id, kind, counts, pool, question}].
function unitOf(course, id, pages, activities, rule = {}) {
  return {
    course,
    id,
    key: id.padStart(3, "u").slice(-3),
    version: "1.0",
    language: "en",
    check: 70,
    draw: 0,
    say: (name) => name,
    pages: pages.map((page, place) => ({ id: page, key: key("p", place), here: true })),
    activities: activities.map((one, place) => ({ counts: false, pool: false, ...one, key: key("a", place) })),
    ...rule,
  };
}

const OPTIONS = ["Right", "Wrong", "Other", "Last"];
const choice = (id, right, more = {}) => ({
  id,
  kind: "single-choice",
  question: { single: true, right },
  wording: { question: `What of ${id}?`, parts: { choices: OPTIONS } },
  ...more,
});
const reflection = (id, limit) => ({ id, kind: "reflection", question: { limit }, wording: { question: "What next?" } });
const scale = (id, ids) => ({
  id,
  kind: "scale",
  question: { ids },
  wording: { question: "How far?", parts: { scale: ["Low", "Middle", "High"] }, statements: Object.fromEntries(ids.map((one) => [one, `I ${one}`])) },
});
const counting = { counts: true };

// One of each kind but those of the rich course; `one` and `some` count.
export const smallUnit = () =>
  unitOf("small", "m1u1", ["first", "second", "third", "last"], [
    choice("one", [0], counting),
    { id: "some", kind: "multiple-choice", question: { single: false, right: [0, 1] }, ...counting },
    { id: "pairs", kind: "matching", question: { right: [0, 1] }, wording: { question: "Which go together?", parts: { source: ["Cat", "Dog"], target: ["Milk", "Bone"] } } },
    { id: "order", kind: "ordering", question: {}, wording: { question: "In which order?", parts: { choices: ["First", "Then", "Last"] } } },
    scale("before", ["s1", "s2"]),
    { id: "values", kind: "poll", question: { ids: ["v1"] } },
    { id: "deck", kind: "cards", question: {} },
    reflection("words", 60),
    reflection("essay", 5000),
  ]);

const STORY = { scenes: [{ leads: [1, 3] }, { leads: [2, 0] }, { leads: [] }, { leads: [] }] };

// A closing check that draws two of five questions; half of it right passes.
export const richUnit = () =>
  unitOf(
    "rich",
    "m1u1",
    ["welcome", "talk", "gate", "check"],
    [
      { id: "word", kind: "short-answer", question: { answers: ["audit", "an audit", "έλεγχος"], language: "en" } },
      { id: "ready", kind: "checklist", question: {} },
      { id: "sheet", kind: "download", question: {} },
      scale("can-do", ["s1", "s2", "s3"]),
      { id: "at-the-gate", kind: "scenario", question: STORY, wording: { question: "A rainy Monday.", parts: { steps: ["A father waits.", "He comes nearer.", "You talk.", "He leaves."] } } },
      ...["q1", "q2", "q3", "q4", "q5"].map((id) => choice(id, [0], { ...counting, pool: true })),
    ],
    { check: 50, draw: 2 },
  );

const secondUnit = () =>
  unitOf("rich", "m1u2", ["again", "welcome"], [
    scale("can-do-now", ["s1", "s2", "s3"]),
    choice("q1", [0], counting),
    reflection("essay", 5000),
  ]);

const lastUnit = () => unitOf("rich", "m2u1", ["only"], []);

export const small = () => ofOne(smallUnit());
export const rich = () => ofOne(richUnit());
export const nothingCounts = () => ofOne(lastUnit());
export const module = () => ofSeveral({ course: "rich", id: "m1", language: "en", units: [richUnit(), secondUnit()] });

// A unit of any pages and activities, for the rules of progress alone.
export const plainUnit = (pages, activities, rule) =>
  unitOf("c", "u", pages, activities.map((id) => ({ id, kind: "cards", question: {}, ...counting })), rule);
