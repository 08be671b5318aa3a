// What statements say of answers, and of scores: a report can be read without the course, and tells what is true.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { ofOne } from "../../scorm_builder/player/scope.js";
import { inWords } from "../../scorm_builder/player/result.js";
import { wayBackTo } from "../../scorm_builder/player/way_back.js";
import { plainUnit, rich, smallUnit } from "./support/courses.js";
import { createLms, heedTheRules } from "./support/lrs.js";
import { stopTheClock } from "./support/time.js";

stopTheClock();
heedTheRules();
const INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction";
const en = (text) => ({ en: text });
const described = (...texts) => texts.map((text, place) => ({ id: "abcdefgh"[place], description: en(text) }));

async function toldOf(scope, id, given) {
  const { lrs, launch } = createLms({ scope });
  const visit = await launch();
  await visit.check(id, given);
  await visit.goBack();
  return lrs.statements.filter(({ verb }) => verb.id.endsWith("/answered"));
}

describe("an answer", () => {
  it("of a choice names the question, all that could be chosen, and what is right", async () => {
    const [{ object, result }] = await toldOf(() => ofOne(smallUnit()), "one", 1);
    assert.deepEqual(object.definition, {
      type: INTERACTION,
      name: en("What of one?"),
      description: en("What of one?"),
      interactionType: "choice",
      correctResponsesPattern: ["a"],
      choices: described("Right", "Wrong", "Other", "Last"),
    });
    assert.deepEqual(result, { response: "b", success: false });
  });

  it("of a scale is one for each statement, under its words", async () => {
    const told = await toldOf(rich, "can-do", [2, 0, 1]);
    assert.deepEqual(told.map(({ object }) => object.definition.name), [en("I s1"), en("I s2"), en("I s3")]);
    for (const { object } of told) {
      assert.deepEqual(object.definition.description, en("How far?"));
      assert.deepEqual(object.definition.scale, described("Low", "Middle", "High"));
    }
    assert.deepEqual(told.map(({ result }) => result), [{ response: "c" }, { response: "a" }, { response: "b" }]);
  });

  it("of pairs, of an order and of a story names what went together, and how", async () => {
    const [pairs] = await toldOf(() => ofOne(smallUnit()), "pairs", [1, 0]);
    assert.deepEqual(pairs.object.definition.source, described("Cat", "Dog"));
    assert.deepEqual(pairs.object.definition.target, described("Milk", "Bone"));
    assert.deepEqual(pairs.result, { response: "a[.]b[,]b[.]a", success: false });
    const [order] = await toldOf(() => ofOne(smallUnit()), "order", [0, 1, 2]);
    assert.deepEqual(order.object.definition.choices, described("First", "Then", "Last"));
    const [story] = await toldOf(rich, "at-the-gate", [0, 0]);
    assert.equal(story.object.definition.steps.length, 4);
    assert.equal(story.result.response, "a[.]a[,]b[.]a");
  });

  it("is as long as an LRS can be asked to take, and has descriptions where a text is missing", async () => {
    const unit = plainUnit(["p"], []);
    const wording = { question: "?".repeat(5000), parts: { choices: ["x".repeat(5000), ""] } };
    unit.activities = [{ id: "q", key: "a00", kind: "single-choice", counts: false, pool: false, question: { single: true, right: [0] }, wording }];
    const [{ object }] = await toldOf(() => ofOne(unit), "q", 0);
    assert.equal(object.definition.name.en.length, 1000);
    assert.deepEqual(object.definition.choices.map(({ description }) => description.en.length), [1000, 1]);
  });

  it("has whole characters where its texts are cut", async () => {
    const unit = plainUnit(["p"], []);
    const wording = { question: `${"?".repeat(999)}🙂?`, parts: { choices: [`${"𝒳".repeat(700)}`, "ab"] } };
    unit.activities = [{ id: "q", key: "a00", kind: "single-choice", counts: false, pool: false, question: { single: true, right: [0] }, wording }];
    const [{ object }] = await toldOf(() => ofOne(unit), "q", 0);
    const { name, description, choices } = object.definition;
    assert.deepEqual([name.en, description.en], ["?".repeat(999), "?".repeat(999)]);
    assert.deepEqual(choices.map((one) => one.description.en), ["𝒳".repeat(500), "ab"]);
  });

  for (const id of ["words", "essay"]) {
    it(`that somebody wrote for himself stays out of reports (${id})`, async () => {
      const [{ object, ...statement }] = await toldOf(() => ofOne(smallUnit()), id, "My own thoughts.");
      assert.deepEqual(object.definition.description, en("What next?"));
      assert.equal("result" in statement, false);
      assert.ok(!JSON.stringify(statement).includes("thoughts"));
    });
  }

  it("that somebody wrote for himself is told where the course says so", async () => {
    const [{ result }] = await toldOf(() => ofOne({ ...smallUnit(), reportsTexts: true }), "words", "My own thoughts.");
    assert.deepEqual(result, { response: "My own thoughts." });
  });
});

// Three questions of which some are right: a score with no end.
function thirds() {
  const unit = plainUnit(["p"], []);
  const question = { single: true, right: [0] };
  unit.activities = ["a", "b", "c"].map((id, place) => ({ id, key: `a0${place}`, kind: "single-choice", counts: true, pool: false, question }));
  return ofOne(unit);
}

describe("the LMS's score that passes", () => {
  for (const [mastery, status] of [[0.67, "failed"], [0.6667, "failed"], [0.666, "passed"], [2 / 3, "passed"], [0.66, "passed"]]) {
    it(`is compared as it is (${mastery})`, async () => {
      const { lrs, launch } = createLms({ scope: thirds, launchData: { masteryScore: mastery } });
      const visit = await launch();
      for (const [id, given] of [["a", 0], ["b", 0], ["c", 1]]) await visit.check(id, given);
      assert.equal(visit.progress.status, status);
      const { score, ...unit } = { ...visit.progress, language: "en" };
      const reads = [inWords(score.raw, unit), inWords(visit.scope.shown.check, unit)].map(Number);
      assert.equal(reads[0] < reads[1], status === "failed", `the page says ${reads[0]} of ${reads[1]}`);
      await visit.goBack();
      const judged = lrs.statements.find(({ verb }) => /\/(passed|failed)$/.test(verb.id));
      assert.ok(Math.abs(judged.result.score.scaled - 2 / 3) < 1e-9);
      const second = await launch();
      assert.equal(second.progress.status, status);
    });
  }

  for (const mastery of [Number.NaN, -1, 1.5, "0.9", null]) {
    it(`that is none is left to the course (${mastery})`, async () => {
      const { launch } = createLms({ launchData: { masteryScore: mastery } });
      assert.equal((await launch()).scope.shown.check, 50);
    });
  }
});

describe("the address of the way back", () => {
  const PAGE = "https://lms.example.org/content/unit/index.html?endpoint=x";
  for (const [given, leads] of [
    ["https://lms.example.org/course/5", "https://lms.example.org/course/5"],
    ["HTTPS://LMS.EXAMPLE.ORG/Course/5", "https://lms.example.org/Course/5"],
    ["/course/view.php?id=5", "https://lms.example.org/course/view.php?id=5"],
    ["../../back", "https://lms.example.org/back"],
    ["//lms.example.org/back", "https://lms.example.org/back"],
    ["javascript:alert(1)", ""],
    ["JavaScript:alert(1)", ""],
    ["data:text/html,x", ""],
    ["http://", ""],
    ["", ""],
  ]) {
    it(`${given || "(none)"} leads to ${leads || "nowhere"}`, () => assert.equal(wayBackTo(given, PAGE), leads));
  }
});
