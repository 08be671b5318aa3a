// Options stand in another order for each person and attempt, which is the same whenever it is asked for.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { orderOf, seedOf } from "../../scorm_builder/player/order.js";

const unit = (learner) => ({ id: "m1u1", learner });
const asked = { id: "q1", pool: true };
const attempt = (number) => ({ check: { attempt: number } });
const shown = (learner, number, activity = asked) => orderOf(4, seedOf(activity, unit(learner), attempt(number))).join();
const people = Array.from({ length: 400 }, (_, number) => `person ${number}`);

describe("the order of options", () => {
  it("holds each option once", () => {
    for (const count of [2, 3, 5, 26]) {
      for (const person of people.slice(0, 20)) {
        const order = orderOf(count, person);
        assert.deepEqual([...order].sort((one, other) => one - other), [...order.keys()]);
      }
    }
  });

  it("is the same at every visit", () => {
    assert.equal(shown("carla", 1), shown("carla", 1));
    assert.equal(shown("", 1), shown("", 1));
  });

  it("is another for another person, another attempt and another question", () => {
    assert.ok(new Set(people.map((person) => shown(person, 1))).size > 20);
    assert.ok(new Set(Array.from({ length: 60 }, (_, number) => shown("carla", number))).size > 10);
    assert.ok(new Set(people.map((name) => shown("carla", 1, { id: name, pool: true }))).size > 20);
  });

  it("stays where it is while somebody tries again outside the closing check", () => {
    const practice = { id: "q1", pool: false };
    assert.equal(shown("carla", 1, practice), shown("carla", 7, practice));
    assert.equal(seedOf(practice, unit("carla"), {}), seedOf(practice, unit("carla"), {}));
  });

  it("brings each option to each place about as often", () => {
    const places = people.map((person) => shown(person, 1).split(","));
    for (const option of ["0", "1", "2", "3"]) {
      for (const place of [0, 1, 2, 3]) {
        const often = places.filter((order) => order[place] === option).length;
        assert.ok(often > 60 && often < 140, `option ${option} is at ${place} for ${often} of 400`);
      }
    }
  });
});
