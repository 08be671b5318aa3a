// One contract for all trackers (scorm_builder/player/tracker.js).

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { adopt } from "../../scorm_builder/player/progress.js";
import { SaveFailed } from "../../scorm_builder/player/tracker.js";
import { createCmi5 } from "../../scorm_builder/player/trackers/cmi5.js";
import { createLti } from "../../scorm_builder/player/trackers/lti.js";
import { createNone } from "../../scorm_builder/player/trackers/none.js";
import { createScorm12 } from "../../scorm_builder/player/trackers/scorm12.js";
import { createScorm2004 } from "../../scorm_builder/player/trackers/scorm2004.js";
import { ofOne } from "../../scorm_builder/player/scope.js";
import { answerOf, createBrowser } from "./support/browser.js";
import { plainUnit } from "./support/courses.js";
import { ACTOR, createLrs, REGISTRATION } from "./support/lrs.js";
import { stopTheClock } from "./support/time.js";

stopTheClock();
const PROGRESS = {
  v: 1,
  page: "two",
  seen: ["one", "two"],
  answers: { a: { given: [0, 1], checked: true, points: 50 } },
  status: "incomplete",
  score: { raw: 25, min: 0, max: 100, scaled: 0.25 },
  seconds: 61,
};
const WHOLE = { current: "u", units: { u: PROGRESS }, status: "incomplete", score: PROGRESS.score, seconds: 61, measure: 0.75 };

const scopeOf = () => ofOne(plainUnit(["one", "two"], ["a", "b"]));

// An LMS's API that only remembers.
function scormMemory(prefix, finish, side) {
  const pending = { ...side.kept };
  return {
    [`${prefix}Initialize`]: () => "true",
    [`${prefix}${finish}`]: () => "true",
    [`${prefix}Commit`]() {
      if (side.refusing) return "false";
      side.kept = { ...pending };
      return "true";
    },
    [`${prefix}GetValue`]: (element) => pending[element] ?? "",
    [`${prefix}SetValue`](element, value) {
      pending[element] = value;
      return "true";
    },
  };
}

const ltiPage = { learner: () => "carla", headers: () => ({}) };
const launch = { endpoint: "https://lms/xapi/", fetch: "https://lms/token", actor: ACTOR, registration: REGISTRATION, activityId: "urn:u" };

// Each with the far side that it talks to: `side.refusing` lets it refuse.
const TRACKERS = {
  scorm12: (scope, side, storage) => createScorm12(scope, { api: scormMemory("LMS", "Finish", side), storage }),
  scorm2004: (scope, side, storage) => createScorm2004(scope, { api: scormMemory("", "Terminate", side), storage }),
  lti: (scope, side, storage) => createLti(scope, { page: ltiPage, request: (_, options) => ltiAnswer(side, options), storage }),
  cmi5(scope, side, storage) {
    side.lrs ??= createLrs();
    side.lrs.begin();
    side.lrs.refuse = side.refusing ? 500 : 0;
    return createCmi5(scope, { launch, request: (address, options) => side.lrs.answer(address, options), storage });
  },
  none: (scope, side, storage) => createNone(scope, { storage }),
};

async function ltiAnswer(side, { method, body }) {
  if (side.refusing) return answerOf(500, {});
  if (method === "GET") return answerOf(200, { saved: side.kept ?? null });
  side.kept = JSON.parse(body);
  return answerOf(200, { saved_at: "2026-11-21T10:42:00+00:00" });
}

for (const [name, make] of Object.entries(TRACKERS)) {
  describe(`the tracker ${name}`, () => {
    const begin = () => {
      const side = {};
      const browser = createBrowser();
      return { side, tracker: () => make(scopeOf(), side, browser.open().storage) };
    };
    const opened = async (tracker) => {
      const saved = await tracker.open();
      return saved && adopt(saved.units.u, scopeOf().single);
    };

    it("has nothing saved at a first visit", async () => {
      const { tracker } = begin();
      assert.equal(await opened(tracker()), null);
    });

    it("gives at the next visit what was saved", async () => {
      const { tracker } = begin();
      const one = tracker();
      await one.open();
      const { at, browserOnly } = await one.save(WHOLE);
      one.close();
      assert.ok(at instanceof Date);
      assert.deepEqual(browserOnly, []);
      assert.deepEqual(await opened(tracker()), PROGRESS);
    });

    it("says in which condition it is", async () => {
      const one = begin().tracker();
      await one.open();
      assert.equal(one.condition, name === "none" ? "no_lms" : "normal");
    });

    if (name === "none") return;
    it("says that a save was refused, and the next one succeeds", async () => {
      const { side, tracker } = begin();
      const one = tracker();
      await one.open();
      side.refusing = true;
      if (side.lrs) side.lrs.refuse = 500;
      await assert.rejects(one.save(WHOLE), (failure) => failure instanceof SaveFailed && failure.name === "SaveFailed" && !failure.ended);
      side.refusing = false;
      if (side.lrs) side.lrs.refuse = 0;
      await one.save(WHOLE);
      assert.deepEqual(await opened(tracker()), PROGRESS);
    });
  });
}
