// Several sessions of cmi5 at once, which know nothing of each other: no window takes anything from another.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { answerOf } from "./support/browser.js";
import { createLms, heedTheRules } from "./support/lrs.js";
import { settle, stopTheClock, until } from "./support/time.js";

stopTheClock();
heedTheRules();

describe("several sessions of cmi5 at once", () => {
  it("have nothing fail after one of them has passed", async () => {
    const { lrs, launch } = createLms();
    lrs.guarded = true;
    const [first, second] = [await launch(), await launch()];
    await first.finish();
    assert.ok(lrs.verbs().includes("passed"));
    await second.finish({ right: false });
    await until(() => lrs.count("answered")[0] >= 4);
    await second.leave();
    assert.ok(!lrs.verbs().includes("failed"));
  });

  it("keep what is saved between another's save and the reading of its tag", async () => {
    const { lrs, launch } = createLms();
    lrs.guarded = true;
    const held = [];
    let holding = false;
    const between = (request) => async (address, options = {}) => {
      const reads = (options.method ?? "GET") === "GET" && address.includes("stateId=partnerwise");
      if (holding && reads && held.length === 0) await new Promise((go) => held.push(go));
      return request(address, options);
    };
    const first = await launch({ between });
    const second = await launch();
    await first.check("word", "audit");
    await first.saved();
    holding = true;
    await first.turnTo("talk");
    await until(() => held.length > 0);
    await second.fill("ready", [1]);
    await until(() => "ready" in lrs.unit().answers);
    held[0]();
    await settle();
    await first.turnTo("gate");
    await until(() => lrs.unit().page === "gate");
    const { word, ready } = lrs.unit().answers;
    assert.deepEqual([word.given, ready.given], ["audit", [1]]);
  });

  it("have a verb heard, though another has said the one beside it", async () => {
    const { lrs, launch } = createLms();
    [lrs.guarded, lrs.once] = [true, true];
    let refused = "";
    const refuse = (what) => (request) => async (address, options = {}) =>
      what() && address.includes("/statements") && (address + (options.body ?? "")).includes(what())
        ? answerOf(503)
        : request(address, options);
    const first = await launch({ between: refuse(() => refused) });
    refused = "statements";
    await first.finish();
    await until(() => lrs.unit().status === "passed");
    await launch({ between: refuse(() => "verbs/passed") });
    await until(() => lrs.verbs().includes("completed"));
    refused = "";
    await first.tryNow();
    await until(() => lrs.verbs().includes("passed"));
    assert.deepEqual(lrs.count("completed", "passed"), [1, 1]);
  });

  it("keep another attempt in an LRS that guards what it has", async () => {
    const { lrs, launch } = createLms();
    lrs.guarded = true;
    const visit = await launch();
    await visit.finish({ wrong: 1 });
    await until(() => lrs.unit().score?.raw === 50);
    assert.deepEqual(lrs.unit().score, { raw: 50, min: 0, max: 100, scaled: 0.5 });
    await visit.anotherAttempt();
    await until(() => lrs.unit().check.best === 50);
    assert.deepEqual(lrs.unit().check.drawn, visit.drawn);
    assert.deepEqual(visit.drawn.filter((id) => id in lrs.unit().answers), []);
  });

  it("take nothing from each other", async () => {
    const { lrs, launch } = createLms();
    lrs.guarded = true;
    const [first, second] = [await launch(), await launch()];
    await second.fill("ready", [1]);
    await second.turnTo("talk");
    await second.saved();
    await first.check("word", "audit");
    await first.saved();
    await second.leave();
    const { word, ready } = lrs.unit().answers;
    assert.deepEqual([word.given, ready.given], ["audit", [1]]);
  });
});
