// A unit that the tool serves: nothing is lost when the tool is away, and no window takes anything from another.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { answerOf, createBrowser } from "./support/browser.js";
import { rich } from "./support/courses.js";
import { createTool } from "./support/tool.js";
import { settle, stopTheClock, until } from "./support/time.js";

stopTheClock();
const always = (status) => () => status;
const never = () => 0;
const GOOD = { words: { given: "Years of work", checked: true, points: null } };

async function write(visit, text) {
  await visit.turnTo("last");
  await visit.check("words", text);
}

describe("the tool", () => {
  it("keeps page, answers and score, and says when", async () => {
    const tool = createTool();
    const first = await tool.open();
    await first.check("one", 0);
    await first.turnTo("second");
    assert.deepEqual(first.told.at(-1).at, new Date("2026-11-21T10:42:00Z"));
    const { page, seen, answers, score, status } = tool.kept;
    assert.deepEqual([page, seen], ["second", ["first", "second"]]);
    assert.deepEqual(answers, { one: { given: 0, checked: true, points: 100 } });
    assert.deepEqual(score, { raw: 50, min: 0, max: 100, scaled: 0.5 });
    assert.equal(status, "incomplete");
    const second = await tool.open();
    assert.equal(second.progress.page, "second");
  });

  it("that is away for a while loses nothing", async () => {
    const tool = createTool();
    const visit = await tool.open();
    tool.refuse = always(503);
    await visit.check("one", 0);
    assert.equal(visit.said, "not_saved");
    assert.equal(visit.told.at(-1).reason, "The session has ended");
    await visit.turnTo("last");
    await visit.fill("words", "Typed without a connection");
    tool.refuse = never;
    await visit.tryNow();
    assert.equal(visit.said, "saved");
    assert.equal(tool.kept.answers.one.points, 100);
    assert.equal(tool.kept.answers.words.given, "Typed without a connection");
  });

  it("is given what it never got at the next visit", async () => {
    const tool = createTool();
    const first = await tool.open();
    tool.refuse = always(401);
    await write(first, "Nearly lost");
    assert.equal(first.said, "session_ended");
    await first.leave();
    tool.refuse = never;
    const second = await tool.open();
    assert.equal(second.progress.page, "last");
    assert.equal(second.given("words"), "Nearly lost");
    await second.saved();
    assert.equal(tool.kept.answers.words.given, "Nearly lost");
  });

  for (const [status, ends, said] of [[401, true, "session_ended"], [403, true, "session_ended"], [401, false, "not_saved"], [403, false, "not_saved"]]) {
    it(`${ends ? "ends" : "goes on"} where ${status} ${ends ? "is the tool's word" : "is somebody's on the way"}`, async () => {
      const tool = createTool();
      const visit = await tool.open();
      Object.assign(tool, { refuse: always(status), ends });
      await visit.check("one", 0);
      assert.equal(visit.said, said);
    });
  }

  it("has nothing written over before it was read", async () => {
    const kept = { v: 1, page: "last", seen: ["first", "last"], answers: {}, status: "passed", score: null, seconds: 61 };
    const tool = createTool({ kept });
    tool.refuse = always(503);
    const visit = await tool.open();
    await visit.check("one", 1);
    assert.equal(visit.said, "not_saved");
    tool.refuse = never;
    await visit.tryNow();
    assert.equal(visit.said, "saved");
    assert.equal(tool.kept.status, "passed");
    assert.deepEqual(tool.kept.seen, ["first", "last"]);
    assert.equal(tool.kept.answers.one.given, 1);
  });

  it("has a page in its place taken for no answer", async () => {
    const tool = createTool();
    let isLogin = false;
    const between = (request) => async (address, options) => (isLogin ? answerOf(200) : request(address, options));
    const first = await tool.open({ between });
    isLogin = true;
    await write(first, "Nearly lost");
    assert.equal(first.said, "not_saved");
    await first.kill();
    const second = await tool.open();
    await second.saved();
    assert.equal(tool.kept.answers.words.given, "Nearly lost");
  });

  it("serves who has no name, and leaves nothing in the browser", async () => {
    const tool = createTool({ learner: "" });
    const visit = await tool.open();
    tool.refuse = always(503);
    await visit.check("one", 0);
    assert.equal(visit.said, "not_saved");
    assert.deepEqual(Object.keys(tool.browser.area), []);
    tool.refuse = never;
    await visit.tryNow();
    assert.ok(tool.kept.answers.one.checked);
  });

  it("serves who may store nothing in the browser", async () => {
    const tool = createTool({ browser: createBrowser({ forbidden: true }) });
    const visit = await tool.open();
    tool.refuse = always(503);
    await visit.check("one", 0);
    tool.refuse = never;
    await visit.tryNow();
    assert.ok(tool.kept.answers.one.checked);
  });
});

describe("two windows of a unit in the tool", () => {
  it("take nothing from each other, though they save at the same moment", async () => {
    const tool = createTool();
    const [first, second] = [await tool.open(), await tool.open()];
    await write(second, "From the second window");
    await first.check("one", 0);
    await first.saved();
    assert.equal(tool.kept.answers.words.given, "From the second window");
    assert.equal(tool.kept.answers.one.points, 100);
    assert.deepEqual(Object.keys(tool.browser.area), []);
  });

  it("keep what was joined but not sent with what it was joined to", async () => {
    const tool = createTool();
    const first = await tool.open();
    await first.check("one", 0);
    await first.leave();
    const home = createBrowser();
    tool.refuse = always(503);
    const second = await tool.open({ from: home });
    tool.refuse = (method) => (method === "PUT" ? 503 : 0);
    await write(second, "While the tool was away");
    const kept = Object.keys(home.area).map((key) => JSON.parse(home.area.getItem(key)));
    assert.ok(kept.some(({ whole }) => whole.units.m1u1.answers.one), "what was read is kept beside it");
    await second.kill();
    tool.refuse = (method) => (method === "GET" ? 503 : 0);
    const third = await tool.open({ from: home });
    tool.refuse = never;
    await third.tryNow();
    assert.equal(tool.kept.answers.words.given, "While the tool was away");
    assert.equal(tool.kept.answers.one.points, 100);
  });

  it("keep what is done while a save hangs, though the window dies", async () => {
    const tool = createTool();
    const held = [];
    let holding = false;
    const between = (request) => (address, options) => {
      if (!holding) return request(address, options);
      held.push(options);
      return new Promise(() => {});
    };
    const first = await tool.open({ between });
    holding = true;
    await first.check("one", 0);
    await write(first, "Nearly lost");
    await first.kill();
    const second = await tool.open();
    await second.saved();
    assert.equal(held.length, 1, "one save at a time");
    assert.equal(tool.kept.answers.one.points, 100);
    assert.equal(tool.kept.answers.words.given, "Nearly lost");
  });

  it("take nothing back from later work elsewhere", async () => {
    const tool = createTool({ scope: rich });
    const school = await tool.open();
    await school.check("word", "first words");
    await school.finish({ wrong: 1 });
    assert.equal(tool.kept.status, "passed");
    const home = await tool.open({ from: createBrowser() });
    await home.anotherAttempt();
    await home.check(home.drawn[0], 0);
    await home.turnTo("welcome");
    await home.fill("word", "first words");
    await home.check("word", "much better words");
    await home.turnTo("talk");
    const later = structuredClone(tool.kept);
    assert.equal(later.answers.word.given, "much better words");
    await school.hide();
    for (const name of ["answers", "check", "page", "status", "score"]) assert.deepEqual(tool.kept[name], later[name], name);
    await school.turnTo("welcome");
    await school.fill("ready", [1]);
    await until(() => "ready" in tool.kept.answers);
    const { ready, ...others } = tool.kept.answers;
    assert.deepEqual(ready.given, [1]);
    assert.deepEqual(others, later.answers);
  });
});

describe("what something else has put into the browser", () => {
  const damaged = [
    { whole: {} },
    { whole: 1 },
    { whole: { units: { m1u1: { v: 1, seen: 5 } } } },
    { whole: { units: { m1u1: { v: 1, answers: { words: null } } } }, versions: ["x"] },
    { whole: { units: { m1u1: { v: 1, answers: { words: 5 } } } }, versions: null },
    { whole: { units: { m1u1: { v: 1, answers: { words: { given: "Ha" } } } } }, versions: "2026-11-21" },
  ].map((one) => JSON.stringify({ at: "2030-01-01T00:00:00.000Z", ...one }));

  for (const strange of ['{"whole": null}', '{"versions": ["x"]}', "[]", "null", "17", "no JSON", ...damaged]) {
    it(`does no harm: ${strange}`, async () => {
      const at = "2026-11-21T00:00:00.000Z";
      const kept = { v: 1, at, page: "last", seen: ["first", "last"], answers: GOOD, status: "passed", seconds: 9 };
      const tool = createTool({ kept });
      tool.browser.area.setItem("pw:small:m1u1:unsent:carla:x", strange);
      const visit = await tool.open();
      await visit.turnTo("third");
      await settle();
      assert.equal(tool.kept.page, "third");
      assert.equal(visit.said, "saved");
      assert.deepEqual([tool.kept.answers, tool.kept.status], [GOOD, "passed"]);
    });
  }
});
