// Sessions of cmi5 as they should go: token, order of statements, what each carries, score, state, review.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { freshId } from "../../scorm_builder/player/trackers/cmi5_statements.js";
import { nothingCounts } from "./support/courses.js";
import { ACTOR, createLms, heedTheRules, REGISTRATION, SESSION } from "./support/lrs.js";
import { pass, settle, stopTheClock, until } from "./support/time.js";

stopTheClock();
heedTheRules();
const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
const withoutAnswers = (verbs) => verbs.filter((verb) => verb !== "answered");

describe("a session of cmi5", () => {
  it("begins with initialized and ends with terminated", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.finish();
    await visit.leave();
    assert.deepEqual(withoutAnswers(lrs.verbs()), ["initialized", "completed", "passed", "terminated"]);
    assert.equal(lrs.verbs()[0], "initialized");
    assert.equal(lrs.verbs().at(-1), "terminated");
    assert.equal(lrs.tokens, 1);
  });

  it("has statements that carry what cmi5 wants", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.finish();
    await visit.leave();
    assert.equal(new Set(lrs.statements.map(({ id }) => id)).size, lrs.statements.length);
    for (const { actor, context } of lrs.statements) {
      assert.deepEqual(actor, ACTOR);
      assert.equal(context.registration, REGISTRATION);
      assert.equal(context.extensions[SESSION], "session-1");
      assert.ok(context.contextActivities.grouping.length > 0);
    }
    const told = Object.fromEntries(lrs.verbs().map((verb, place) => [verb, lrs.statements[place]]));
    const categories = ({ context }) => (context.contextActivities.category ?? []).map(({ id }) => id.replace(CATEGORIES, ""));
    assert.deepEqual(Object.fromEntries(Object.entries(told).map(([verb, one]) => [verb, categories(one)])), {
      initialized: ["cmi5"],
      answered: [],
      completed: ["cmi5", "moveon"],
      passed: ["cmi5", "moveon"],
      terminated: ["cmi5"],
    });
    assert.deepEqual(told.passed.result.score, { raw: 100, min: 0, max: 100, scaled: 1 });
    assert.equal(told.passed.result.success, true);
    assert.equal(told.completed.result.completion, true);
    for (const verb of ["completed", "passed", "terminated"]) assert.match(told[verb].result.duration, /^PT\d+S$/);
    assert.equal("score" in told.completed.result, false);
  });

  it("that failed says so once at its end, and the next can pass", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.finish({ right: false });
    await first.leave();
    assert.deepEqual(withoutAnswers(lrs.verbs()), ["initialized", "failed", "terminated"]);
    lrs.statements = [];
    const second = await launch();
    assert.equal(second.progress.page, "check");
    await second.anotherAttempt();
    await second.finish();
    await second.leave();
    assert.deepEqual(withoutAnswers(lrs.verbs()), ["initialized", "completed", "passed", "terminated"]);
  });

  it("does not say again what an earlier one has said", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.finish();
    await first.leave();
    lrs.statements = [];
    const second = await launch();
    await second.turnTo("welcome");
    await second.leave();
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
  });

  it("tells an LRS that was away what it has missed", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    lrs.refuse = 503;
    await visit.check("word", "audit");
    assert.equal(visit.said, "not_saved");
    lrs.refuse = 0;
    await visit.tryNow();
    const answered = lrs.statements.find(({ verb }) => verb.id.endsWith("answered"));
    assert.deepEqual(answered.result, { response: "audit", success: true });
    assert.equal(answered.object.definition.interactionType, "fill-in");
    assert.equal(lrs.unit().answers.word.given, "audit");
  });

  for (const [mastery, needed, status] of [[0.5, 50, "passed"], [0.501, 50.1, "failed"], [1, 100, "failed"]]) {
    it(`keeps to a mastery score of ${mastery} in its launch`, async () => {
      const { lrs, launch } = createLms({ launchData: { masteryScore: mastery } });
      const visit = await launch();
      await visit.finish({ wrong: 1 });
      assert.equal(visit.progress.status, status);
      assert.equal(visit.scope.shown.check, needed);
      await visit.leave();
      const judged = lrs.statements.find(({ verb }) => /\/(passed|failed)$/.test(verb.id));
      assert.equal(judged.context.extensions[MASTERY], mastery);
      assert.equal(judged.context.extensions[SESSION], "session-1");
      assert.equal(judged.result.score.scaled >= mastery, judged.result.success);
    });
  }

  it("of a unit in which nothing counts is completed and neither passed nor failed", async () => {
    const { lrs, launch } = createLms({ scope: nothingCounts, launchData: { moveOn: "Completed" } });
    const visit = await launch();
    await until(() => lrs.verbs().includes("completed"));
    await visit.leave();
    assert.deepEqual(lrs.verbs(), ["initialized", "completed", "terminated"]);
  });

  it("that was abandoned is gone on with by the next", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.turnTo("talk");
    await first.kill();
    assert.ok(!lrs.verbs().includes("terminated"), "the window was told that it ends");
    lrs.statements = [];
    const second = await launch();
    assert.equal(second.progress.page, "talk");
    assert.deepEqual(lrs.verbs(), ["initialized"]);
  });

  for (const [request, busy] of [["POST token", 503], ["GET activities/state", 429], ["GET agents/profile", 403], ["POST statements", 500]]) {
    it(`waits for ${request} that answers ${busy}`, async () => {
      const { lrs, launch } = createLms();
      lrs.faults = { [request]: [busy] };
      const visit = await launch();
      await visit.check("word", "audit");
      await visit.leave();
      assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
    });
  }

  it("names an LRS that stays away, and sends what was done at the next launch", async () => {
    const { lrs, launch } = createLms();
    lrs.faults = { "GET activities/state": Array(20).fill(400) };
    const first = await launch();
    assert.equal(first.condition, "away");
    await first.check("word", "audit");
    await first.leave();
    assert.deepEqual(lrs.statements, []);
    lrs.faults = {};
    const second = await launch();
    assert.equal(second.given("word"), "audit");
    await settle();
    assert.ok(lrs.verbs().includes("answered"));
  });

  for (const busy of [429, 500]) {
    it(`tells a busy LRS (${busy}) again by itself, in the right order`, async () => {
      const { lrs, launch } = createLms();
      const visit = await launch();
      lrs.faults = { "POST statements": [busy] };
      await visit.check("word", "sums");
      assert.equal(visit.said, "not_saved");
      await visit.saved();
      await visit.finish();
      await visit.leave();
      assert.deepEqual(lrs.verbs(), ["initialized", "answered", "answered", "answered", "completed", "passed", "terminated"]);
      assert.equal(new Set(lrs.statements.map(({ id }) => id)).size, lrs.statements.length);
    });
  }

  it("plays on a slow LRS as on any other", async () => {
    const { lrs, launch } = createLms();
    lrs.slow = 400;
    const visit = await launch();
    await visit.check("word", "audit");
    await visit.turnTo("talk");
    await until(() => lrs.verbs().includes("answered"));
    await visit.leave();
    await pass(1000);
    assert.deepEqual(lrs.verbs(), ["initialized", "answered", "terminated"]);
  });

  for (const launchMode of ["Browse", "Review"]) {
    it(`changes nothing in the mode ${launchMode}`, async () => {
      const { lrs, launch } = createLms();
      const first = await launch();
      await first.finish({ right: false });
      await first.leave();
      const kept = structuredClone(lrs.state.partnerwise);
      lrs.statements = [];
      lrs.launchData = { ...lrs.launchData, launchMode };
      const visit = await launch();
      assert.equal(visit.condition, "review");
      await visit.anotherAttempt();
      await visit.finish();
      await visit.leave();
      assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
      assert.deepEqual(lrs.state.partnerwise, kept);
    });
  }
});

describe("a statement's id", () => {
  it("is a UUID of version 4 where the browser makes none, as without https", () => {
    const source = { getRandomValues: (bytes) => globalThis.crypto.getRandomValues(bytes) };
    const ids = Array.from({ length: 100 }, () => freshId(source));
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(new Set(ids).size, 100);
  });
});
