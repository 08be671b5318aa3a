// Progress as SCORM keeps it (trackers/suspend.js): whatever was done comes back, within the characters that there are.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";

import { sessionTime as sessionTime12 } from "../../scorm_builder/player/trackers/scorm12.js";
import { sessionTime as sessionTime2004 } from "../../scorm_builder/player/trackers/scorm2004.js";
import { decode, encode, LIMIT } from "../../scorm_builder/player/trackers/suspend.js";
import { ofOne, ofSeveral } from "../../scorm_builder/player/scope.js";

const PAGES = Array.from({ length: 60 }, (_, number) => `page-${number}`);
const ACTIVITIES = Array.from({ length: 60 }, (_, number) => `activity-${number}`);
const POOL = ACTIVITIES.slice(0, 20);
const key = (prefix, place) => prefix + place.toString(36).padStart(2, "0");
const oneOf = (...kinds) => fc.oneof(...kinds);

const given = oneOf(
  fc.constant(null),
  fc.integer({ min: 0, max: 25 }),
  fc.array(oneOf(fc.constant(null), fc.integer({ min: 0, max: 35 })), { maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const percent = fc.integer({ min: 0, max: 100 });
const record = (model) => fc.record(model, { noNullPrototype: true });
const answered = record({ given, checked: fc.boolean(), points: oneOf(fc.constant(null), percent) });
const check = record({
  drawn: fc.subarray(POOL),
  met: fc.subarray(POOL),
  best: oneOf(fc.constant(null), percent),
  attempt: fc.integer({ min: 1, max: 36 ** 2 - 1 }),
});
const progress = record({
  v: fc.constant(1),
  page: fc.constantFrom(...PAGES),
  seen: fc.shuffledSubarray(PAGES),
  answers: fc.dictionary(fc.constantFrom(...ACTIVITIES), answered, { maxKeys: 12, noNullPrototype: true }),
  status: fc.constantFrom("incomplete", "passed", "failed", "completed"),
  score: fc.constant(null),
  seconds: fc.integer({ min: 0, max: 10 ** 7 }),
  check,
});

// As the player knows it; units' keys differ by their places.
const unitOf = (id, place = 0) => ({
  id,
  course: "c",
  key: key("u", place),
  pages: PAGES.map((page, number) => ({ id: page, key: key("p", number) })),
  activities: ACTIVITIES.map((one, number) => ({ id: one, key: key("a", number), pool: POOL.includes(one), counts: true })),
});
const scopeOf = (...ids) => (ids.length === 1 ? ofOne(unitOf(ids[0])) : ofSeveral({ course: "c", id: "p", units: ids.map(unitOf) }));

// What is stored of some units' progress, and what comes back.
function roundTrip(units, limit = LIMIT) {
  const scope = scopeOf(...Object.keys(units));
  const whole = { current: Object.keys(units)[0], units };
  const { text, browserOnly } = encode(whole, scope, limit);
  const local = (unit, activity) => whole.units[unit].answers[activity].given;
  return { whole, text, browserOnly, back: decode(text, scope, local) };
}

const begun = (more = {}) => ({ v: 1, page: PAGES[0], seen: [], answers: {}, status: "incomplete", score: null, seconds: 0, ...more });

describe("stored progress", () => {
  it("gives back what was done", () => {
    fc.assert(
      fc.property(progress, progress, (one, other) => {
        const { whole, back } = roundTrip({ m1u1: one, m1u2: other }, 10 ** 6);
        assert.deepEqual(back, whole);
      }),
      { numRuns: 300 },
    );
  });

  it("gives back from the browser what does not fit", () => {
    fc.assert(
      fc.property(progress, fc.integer({ min: 900, max: 1500 }), (one, limit) => {
        const { back, text, browserOnly } = roundTrip({ m1u1: one }, limit);
        const texts = Object.keys(one.answers).filter((id) => typeof one.answers[id].given === "string");
        const leftOut = browserOnly.map(([, id]) => id);
        assert.deepEqual(back.units.m1u1, one);
        assert.deepEqual(leftOut.filter((id) => !texts.includes(id)), []);
        assert.ok(text.length <= limit || leftOut.length === texts.length);
      }),
      { numRuns: 200 },
    );
  });

  it("takes an attempt that was stored before attempts had numbers for the first", () => {
    const drawn = POOL.slice(0, 2);
    const { text } = roundTrip({ m1u1: begun({ check: { drawn, met: drawn, best: null, attempt: 7 } }) });
    const former = text.replace(/\.7$/, "");
    assert.notEqual(former, text);
    assert.deepEqual(decode(former, scopeOf("m1u1")).units.m1u1.check, { drawn, met: drawn, best: null, attempt: 1 });
  });

  it("replaces half a surrogate pair, which would break the form that carries it", () => {
    const answers = { "activity-0": { given: "a\uD83D😀", checked: true, points: null } };
    assert.match(roundTrip({ m1u1: begun({ answers }) }).text, /a\uFFFD😀$/u);
  });

  for (const text of ["", "not ours", "1;0000;i;0;", "2", "page=3"]) {
    it(`is not found in what another course left behind: "${text}"`, () => {
      assert.equal(decode(text, scopeOf("m1u1")), null);
    });
  }
});

describe("the time of a session", () => {
  for (const [seconds, text] of [[0, "0000:00:00.00"], [59, "0000:00:59.00"], [3661, "0001:01:01.00"], [360000, "0100:00:00.00"]]) {
    it(`of ${seconds} s has four digits of hours and two decimals in SCORM 1.2`, () => {
      assert.equal(sessionTime12(seconds), text);
    });
  }

  for (const [seconds, text] of [[0, "PT0H0M0S"], [59.9, "PT0H0M59S"], [3661, "PT1H1M1S"], [360000, "PT100H0M0S"]]) {
    it(`of ${seconds} s is a duration in SCORM 2004`, () => {
      assert.equal(sessionTime2004(seconds), text);
    });
  }
});
