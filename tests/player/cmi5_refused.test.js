// LRSs that refuse, answer badly, hang, or do not say what a session needs: what one statement meets touches no other.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { small } from "./support/courses.js";
import { createLms, heedTheRules } from "./support/lrs.js";
import { answerEverything } from "./support/visit.js";
import { pass, stopTheClock, until } from "./support/time.js";

stopTheClock();
heedTheRules();
const own = (lrs) => lrs.verbs().filter((verb) => verb !== "answered");
const answeredIds = (lrs) => lrs.statements.filter(({ verb }) => verb.id.endsWith("answered")).map(({ object }) => object.id.split("/").at(-1));

describe("a statement that an LRS refuses", () => {
  for (const status of [400, 403, 404, 413, 422]) {
    it(`takes no other with it (${status})`, async () => {
      const { lrs, launch } = createLms();
      lrs.dislikes = ({ object }) => (/can-do\.s2$|\/word$/.test(object.id) ? status : 0);
      const visit = await launch();
      await visit.check("word", "audit");
      assert.equal(visit.said, "saved", "an answer that is refused is no ended session");
      await visit.check("can-do", [0, 1, 2]);
      await visit.finish();
      await visit.goBack();
      assert.deepEqual(own(lrs), ["initialized", "completed", "passed", "terminated"]);
      assert.deepEqual(answeredIds(lrs).sort(), ["can-do.s1", "can-do.s3", ...visit.drawn].sort());
      assert.equal(lrs.unit().answers.word.given, "audit");
    });
  }

  it("is not sent again and again", async () => {
    const { lrs, launch } = createLms();
    lrs.dislikes = ({ object }) => (object.id.endsWith("/word") ? 400 : 0);
    const visit = await launch();
    await visit.check("word", "audit");
    lrs.requests = [];
    await visit.turnTo("talk");
    await visit.turnTo("gate");
    assert.ok(!lrs.requests.includes("POST statements"));
  });

  it("is no result that anybody believes in: the page says so, and the next session tells it", async () => {
    const { lrs, launch } = createLms();
    lrs.dislikes = ({ verb }) => (verb.id.endsWith("passed") ? 400 : 0);
    const first = await launch();
    await first.finish();
    await first.saved();
    assert.equal(first.told.at(-1).untold, true);
    assert.deepEqual(own(lrs), ["initialized", "completed"]);
    await first.goBack();
    lrs.dislikes = () => 0;
    const second = await launch();
    await second.saved();
    assert.equal(second.told.at(-1).untold, false);
    await second.goBack();
    assert.deepEqual(own(lrs), ["initialized", "completed", "terminated", "initialized", "passed", "terminated"]);
  });

  it("is told from an ended session, which refuses everything", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    lrs.refuse = 403;
    await visit.check("word", "audit");
    assert.equal(visit.said, "session_ended");
  });
});

describe("an answer that is bad after the LRS has stored", () => {
  for (const [closed, once] of [[false, false], [false, true], [true, true], [true, false]]) {
    for (const status of [500, 502, 503, 504]) {
      it(`repeats nothing and loses nothing (${status}${closed ? ", nothing can be read" : ""}${once ? ", known ids are refused" : ""})`, async () => {
        const { lrs, launch } = createLms();
        [lrs.closed, lrs.once] = [closed, once];
        if (!closed) lrs.swallowed = { "POST statements": [status] }; // initialized
        const visit = await launch();
        assert.equal(visit.condition, "normal");
        lrs.swallowed = { "POST statements": [status] };
        await visit.check("can-do", [0, 1, 2]);
        assert.equal(visit.said, "not_saved");
        await visit.saved();
        assert.deepEqual(answeredIds(lrs), ["can-do.s1", "can-do.s2", "can-do.s3"]);
        for (const id of ["talk", "gate", "check"]) await visit.turnTo(id);
        await visit.check(visit.drawn[0], 0);
        if (!closed) lrs.swallowed = { "POST statements": [status, status] };
        await visit.check(visit.drawn[1], 0);
        await visit.saved();
        const way = await visit.goBack();
        await until(() => way.arrived);
        assert.deepEqual(own(lrs), ["initialized", "completed", "passed", "terminated"]);
        assert.equal(answeredIds(lrs).length, 5);
      });
    }
  }

  it("is made good by the next session, under the same ids", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.saved();
    lrs.swallowed = { "POST statements": Array(20).fill(500) };
    lrs.faults = { "GET statements": Array(20).fill(500) };
    await first.finish();
    await first.kill();
    [lrs.swallowed, lrs.faults] = [{}, {}];
    const second = await launch();
    await second.saved();
    await second.goBack();
    assert.deepEqual(lrs.count("answered", "completed", "passed"), [2, 1, 1]);
    assert.equal(new Set(lrs.statements.map(({ id }) => id)).size, lrs.statements.length);
  });
});

describe("an LMS that does not say what a session needs", () => {
  const TEMPLATES = { "no LaunchData": null, "no template": { contextTemplate: undefined }, "no session": { contextTemplate: { extensions: {} } } };
  for (const [what, launchData] of Object.entries(TEMPLATES)) {
    it(`is told of (${what}), and the work goes to the next launch`, async () => {
      const lms = createLms({ launchData });
      const first = await lms.launch();
      assert.equal(first.condition, "no_launch_data");
      await first.check("word", "audit");
      assert.equal(first.said, "");
      await first.leave();
      assert.deepEqual(lms.lrs.verbs(), []);
      assert.ok(!lms.lrs.requests.includes("PUT activities/state"));
      lms.lrs.launchData = createLms().lrs.launchData;
      const second = await lms.launch();
      assert.equal(second.given("word"), "audit");
      await second.saved();
      assert.deepEqual(lms.lrs.verbs(), ["initialized", "answered"]);
    });
  }

  it("in time is waited for", async () => {
    const { lrs, launch } = createLms();
    const { launchData } = lrs;
    lrs.launchData = null;
    setTimeout(() => { lrs.launchData = launchData; }, 2500);
    const visit = await launch();
    assert.equal(visit.condition, "normal");
  });
});

describe("an LRS that hangs", () => {
  for (const what of ["POST token", "GET activities/state", "GET agents/profile", "POST statements"]) {
    it(`at the beginning keeps nobody from the unit (${what})`, async () => {
      const { lrs, launch } = createLms();
      lrs.hangs = (request) => request === what;
      const begun = Date.now();
      const visit = await launch();
      assert.ok(Date.now() - begun <= 35_000);
      if (what !== "GET agents/profile") assert.equal(visit.condition, "away");
      lrs.hangs = () => false;
      await visit.check("word", "audit");
      if (what !== "GET agents/profile") assert.equal(visit.said, "");
      await visit.kill();
      const second = await launch();
      assert.equal(second.given("word"), "audit");
      await second.saved();
      lrs.violations = lrs.violations.filter((rule) => !rule.startsWith("11.0.0.0-3")); // It never answered.
    });
  }

  it("is named while somebody works, and gets the work later", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.hangs = () => true;
    await visit.check("word", "audit");
    await until(() => visit.said === "not_saved", 20_000);
    lrs.hangs = () => false;
    await visit.saved();
    assert.deepEqual(lrs.verbs(), ["initialized", "answered"]);
  });
});

describe("what an LRS has", () => {
  it("is never read from the browser's cache: a returning learner can save", async () => {
    const { lrs, launch } = createLms();
    lrs.guarded = true;
    for (const [turn, page] of ["talk", "gate", "check"].entries()) {
      const visit = await launch();
      lrs.requests = [];
      await visit.turnTo(page);
      await visit.saved();
      assert.equal(lrs.unit().page, page, `session ${turn + 1}`);
      await visit.goBack();
    }
  });

  it("is never read from the browser's cache: a review is one", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.goBack();
    lrs.launchData = { ...lrs.launchData, launchMode: "Review" };
    assert.equal((await launch()).condition, "review");
  });

  it("may ask for a pause, but not for one without end", async () => {
    const { launch, lrs } = createLms();
    let asked = 0;
    const between = (request) => async (address, options) => {
      if (options.method !== "PUT") return request(address, options);
      asked += 1;
      return asked > 1 ? request(address, options) : { status: 503, ok: false, headers: { get: (name) => (name === "Retry-After" ? "99999999" : null) } };
    };
    const visit = await launch({ between });
    await pass(5000);
    assert.equal(asked, 1);
    assert.equal(visit.said, "not_saved");
    await until(() => asked === 2, 700_000);
    await visit.saved();
    assert.equal(lrs.unit().page, "welcome");
  });
});

describe("“failed”", () => {
  it("is said once of an attempt, and never by opening", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.finish({ right: false });
    await first.goBack();
    assert.deepEqual(own(lrs), ["initialized", "failed", "terminated"]);
    for (const leaves of ["leave", "goBack"]) {
      const again = await launch();
      await again.turnTo("welcome");
      await again.check("word", "audit");
      await again[leaves]();
    }
    const begun = await launch();
    await begun.anotherAttempt();
    await begun.check(begun.drawn[0], 1);
    await begun.goBack();
    assert.deepEqual(lrs.count("failed"), [1], "an attempt that is open has not failed");
    const second = await launch();
    await second.check(second.drawn[1], 1);
    await second.goBack();
    assert.deepEqual(lrs.count("failed"), [2]);
  });

  it("is said by closing the page, and not again", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.finish({ right: false });
    await first.leave();
    assert.deepEqual(own(lrs), ["initialized", "failed", "terminated"]);
    const second = await launch();
    await second.anotherAttempt();
    await second.check(second.drawn[0], 1);
    await second.goBack();
    assert.deepEqual(lrs.count("failed"), [1]);
  });

  it("is not said by opening after a session that broke off before it could say it", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.finish({ right: false });
    await first.kill();
    for (const leaves of ["leave", "goBack"]) {
      const next = await launch();
      await next.turnTo("talk");
      await next.turnTo("check");
      await next[leaves]();
    }
    assert.deepEqual(lrs.count("failed"), [0]);
  });

  it("is said once to an LRS of which nothing can be read", async () => {
    const { lrs, launch } = createLms();
    lrs.closed = true;
    const first = await launch();
    await first.finish({ right: false });
    await first.goBack();
    const second = await launch();
    await second.anotherAttempt();
    await second.check(second.drawn[0], 1);
    await second.goBack();
    assert.deepEqual(lrs.count("failed"), [1]);
    assert.deepEqual(lrs.verbs().slice(-2), ["answered", "terminated"]);
  });

  it("is not said of an attempt that is made good in the same session", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.finish({ right: false });
    await visit.anotherAttempt();
    for (const id of visit.drawn) await visit.check(id, 0);
    await visit.goBack();
    assert.deepEqual(own(lrs), ["initialized", "completed", "passed", "terminated"]);
  });

  it("is said of other answers where there is no closing check", async () => {
    const { lrs, launch } = createLms({ scope: small });
    const first = await launch();
    await answerEverything(first, false);
    await first.goBack();
    const second = await launch();
    await second.turnTo("first");
    await second.goBack();
    assert.deepEqual(lrs.count("failed"), [1]);
    const third = await launch();
    await third.check("one", 2);
    await third.goBack();
    assert.deepEqual(lrs.count("failed"), [2]);
  });

  it("is said where the answer to it was bad, and once", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.finish({ right: false });
    await visit.saved();
    lrs.swallowed = { "POST statements": [500] };
    const way = await visit.goBack();
    assert.equal(way.arrived, false);
    await visit.goBack();
    assert.deepEqual(own(lrs), ["initialized", "failed", "terminated"]);
  });
});

