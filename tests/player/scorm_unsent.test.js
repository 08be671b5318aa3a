// Work that never reached a SCORM LMS: kept in the browser for its writer, and handed over at the next visit.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createLms, EDITIONS } from "./support/scorm.js";
import { stopTheClock } from "./support/time.js";

stopTheClock();

async function write(visit, text) {
  await visit.turnTo("last");
  await visit.check("words", text);
}

for (const edition of EDITIONS) {
  describe(`work that did not reach an LMS of ${edition.title}`, () => {
    it("survives a killed window", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      first.faults.failing = 1000;
      await first.check("one", 0);
      await write(first, "Nearly lost");
      await first.kill();
      const second = await lms.visit();
      assert.equal(second.progress.page, "last");
      assert.equal(second.given("words"), "Nearly lost");
      assert.equal(second.given("one"), 0);
      assert.ok(second.reported().words, "nobody told the LMS of the answer");
      const third = await lms.visit();
      assert.equal(third.given("words"), "Nearly lost");
      assert.deepEqual(lms.browser.unsent(), []);
      assert.deepEqual([...second.breaches, ...third.breaches], []);
    });

    it("takes nothing from later work elsewhere", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      first.faults.failing = 1000;
      await first.check("one", 0);
      await write(first, "Early words");
      await first.leave();
      const [key, ...others] = lms.browser.unsent();
      assert.deepEqual(others, []);
      const early = lms.browser.area.getItem(key);
      lms.browser.area.removeItem(key);
      const second = await lms.visit();
      await write(second, "Later words");
      await second.leave();
      lms.browser.area.setItem(key, early);
      const third = await lms.visit();
      assert.equal(third.given("words"), "Later words");
      assert.equal(third.given("one"), 0);
    });

    it("is not shown to another person at the same computer", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      first.faults.failing = 1000;
      await first.check("one", 0);
      await first.kill();
      lms.kept.write({});
      const second = await lms.visit({ learner: "bob" });
      assert.equal(second.given("one"), undefined);
    });

    it("because the LMS ended the visit is no reason to try again, and is not lost", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      first.faults.ended = true;
      await write(first, "Nearly lost");
      assert.equal(first.said, "session_ended");
      assert.ok(first.told.every(({ state, ended }) => state === "saved" || ended));
      await first.leave();
      const second = await lms.visit();
      assert.equal(second.given("words"), "Nearly lost");
      assert.equal(second.said, "saved");
      assert.deepEqual(second.breaches, []);
    });

    it("because the LMS's window is gone is not lost", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      first.faults.gone = true;
      await write(first, "Nearly lost");
      assert.equal(first.said, "not_saved");
      assert.equal(first.told.at(-1).reason, "", "what the LMS throws is no sentence for a learner");
      await first.leave();
      const second = await lms.visit();
      assert.equal(second.given("words"), "Nearly lost");
    });

    it("of two windows is not forgotten by the one that was not killed", async () => {
      const lms = createLms(edition);
      const [first, second] = [await lms.visit(), await lms.visit()];
      first.faults.failing = 1000;
      await write(first, "Not sent by the first window");
      await second.check("one", 0);
      await first.kill();
      const third = await lms.visit();
      assert.equal(third.given("words"), "Not sent by the first window");
      assert.equal(third.given("one"), 0);
      await lms.visit();
      assert.deepEqual(lms.browser.unsent(), []);
    });
  });
}
