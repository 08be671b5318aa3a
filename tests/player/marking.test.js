// The rules of each kind of activity: what is missing, what is right, what the LMS's reports are told.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { KINDS } from "../../scorm_builder/player/activities/index.js";

const SINGLE = { single: true, right: [1] };
const SEVERAL = { single: false, right: [0, 1] };
const PAIRS = { right: [0, 1, 0] };
const WORD = { answers: ["audit", "an audit", "έλεγχος"], language: "en" };
const STORY = { scenes: [{ leads: [1, 3] }, { leads: [2, 0] }, { leads: [] }, { leads: [] }] };

// kind, question, given, points, what is said.
const MARKED = [
  ["single-choice", SINGLE, 1, 100, ["right"]],
  ["single-choice", SINGLE, 0, 0, ["wrong"]],
  ["multiple-choice", SEVERAL, [0, 1], 100, ["right"]],
  ["multiple-choice", SEVERAL, [0], 50, ["partly", { right: 1, all: 2, wrong: 0 }]],
  ["multiple-choice", SEVERAL, [0, 1, 2], 50, ["partly_more", { right: 2, all: 2, wrong: 1 }]],
  ["multiple-choice", SEVERAL, [0, 2], 0, ["partly_more", { right: 1, all: 2, wrong: 1 }]],
  ["multiple-choice", SEVERAL, [2, 3], 0, ["wrong"]],
  ["matching", PAIRS, [0, 1, 0], 100, ["right"]],
  ["matching", PAIRS, [0, 1, 1], 66, ["partly", { right: 2, all: 3 }]],
  ["matching", PAIRS, [1, 0, 1], 0, ["wrong"]],
  ["ordering", {}, [0, 1, 2], 100, ["right"]],
  ["ordering", {}, [0, 2, 1], 33, ["partly", { right: 1, all: 3 }]],
  ["ordering", {}, [1, 2, 0], 0, ["wrong"]],
  ["short-answer", WORD, "a sum", 0, ["wrong"]],
  ...["audit", " An Audit. ", "AUDIT", "ελεγχος!", "ΕΛΕΓΧΟΣ"].map((given) => ["short-answer", WORD, given, 100, ["right"]]),
  ["scale", { ids: ["s1"] }, [0], null, ["kept"]],
  ["poll", { ids: ["v1"] }, [1], null, ["kept"]],
  ["checklist", {}, [0], null, ["kept"]],
  ["reflection", { limit: 60 }, "A thought", null, ["kept"]],
  ["scenario", STORY, [0, 0], null, ["kept"]],
  ["cards", {}, [0, 1], null, ["kept"]],
  ["download", {}, null, null, ["kept"]],
];

const MISSING = [
  ["single-choice", SINGLE, null, ["nothing_chosen"]],
  ["multiple-choice", SEVERAL, [], ["nothing_chosen"]],
  ["matching", PAIRS, [0, null, null], ["some_missing", { missing: 2 }]],
  ["scale", { ids: ["s1", "s2"] }, [null, 1], ["some_missing", { missing: 1 }]],
  ["poll", { ids: ["v1"] }, [null], ["some_missing", { missing: 1 }]],
  ["checklist", {}, [], ["nothing_chosen"]],
  ["reflection", { limit: 5 }, "  ", ["nothing_written"]],
  ["reflection", { limit: 5 }, "😀😀😀😀😀😀", ["characters_over", { over: 1 }]],
  ["reflection", { limit: 5 }, " 😀😀😀😀😀 ", null],
  ["short-answer", WORD, " ", ["nothing_written"]],
  ["short-answer", WORD, ` ${"x".repeat(60)} `, null],
  ["short-answer", WORD, "x".repeat(61), ["characters_over", { over: 1 }]],
  ["short-answer", WORD, "ε\u0301".repeat(60), null],
  ["short-answer", WORD, "😀".repeat(75), ["characters_over", { over: 15 }]],
  ["short-answer", { ...WORD, answers: ["word ".repeat(20).trim()] }, "word ".repeat(20), null],
  ["single-choice", SINGLE, 0, null],
  ["matching", PAIRS, [0, 1, 2], null],
  ["ordering", {}, [1, 0], null],
];

// kind, question, given, [type, response, correct, result].
const REPORTED = [
  ["single-choice", SINGLE, 1, [["choice", [1], [1], "right"]]],
  ["multiple-choice", SEVERAL, [0, 2], [["choice", [0, 2], [0, 1], "wrong"]]],
  ["matching", PAIRS, [0, 1, 0], [["matching", [[0, 0], [1, 1], [2, 0]], [[0, 0], [1, 1], [2, 0]], "right"]]],
  ["ordering", {}, [1, 0], [["sequencing", [1, 0], [0, 1], "wrong"]]],
  ["short-answer", WORD, "AUDIT", [["fill-in", "AUDIT", "audit", "right"]]],
  ["scale", { ids: ["s1", "s2"] }, [0, 2], [["likert", [0], undefined, "neutral"], ["likert", [2], undefined, "neutral"]]],
  ["checklist", {}, [1], [["choice", [1], undefined, "neutral"]]],
  ["reflection", { limit: 60 }, "Words", [["fill-in", "Words", undefined, "neutral"]]],
  ["scenario", STORY, [0, 1, 1], [["performance", [[0, 0], [1, 1], [0, 1]], undefined, "neutral"]]],
  ["scenario", STORY, [0, 7, 0], [["performance", [[0, 0], [1, 0]], undefined, "neutral"]]],
  ["cards", {}, [0], []],
  ["download", {}, null, []],
];

const named = (kind, given) => `${kind} ${JSON.stringify(given)}`;

describe("marking", () => {
  for (const [kind, question, given, points, said] of MARKED) {
    it(named(kind, given), () => assert.deepEqual(KINDS[kind].mark(question, given), { points, said }));
  }

  it("knows every kind", () => {
    assert.deepEqual(Object.keys(KINDS).filter((kind) => !MARKED.some(([one]) => one === kind)), []);
  });
});

describe("what is missing", () => {
  for (const [kind, question, given, missing] of MISSING) {
    it(named(kind, given), () => assert.deepEqual(KINDS[kind].missing(question, given), missing));
  }
});

describe("what reports are told", () => {
  for (const [kind, question, given, expected] of REPORTED) {
    it(named(kind, given), () => {
      const told = KINDS[kind].interactions(question, given);
      assert.deepEqual(told.map(({ type, response, correct, result }) => [type, response, correct, result]), expected);
    });
  }
});
