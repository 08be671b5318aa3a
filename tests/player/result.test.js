// What the last page says of the result: of a visit in which nothing is kept, nothing that is not so.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { showResult } from "../../scorm_builder/player/result.js";
import { small } from "./support/courses.js";

// The texts that the result shows, by place.
function shown(progress, keptStatus) {
  const places = {};
  const box = {
    dataset: {},
    querySelector: (selector) => (places[selector.slice(6, -1)] ??= { textContent: "" }),
  };
  const unit = { ...small().shown, keptStatus, root: { querySelector: () => box } };
  showResult({ seen: [], answers: {}, check: null, score: null, ...progress }, unit);
  return { state: box.dataset.state, status: places.status.textContent };
}

describe("the result", () => {
  for (const [kept, status, says] of [
    [null, "passed", "passed"],
    [null, "failed", "failed"],
    ["passed", "passed", "passed"],
    ["incomplete", "incomplete", "incomplete"],
    ["incomplete", "passed", "passed not_kept_here"],
    ["failed", "passed", "passed not_kept_here"],
    ["passed", "failed", "failed not_kept_here"],
    ["completed", "incomplete", "incomplete not_kept_here"],
  ]) {
    it(`of ${status} in a visit ${kept ? `that keeps what was ${kept}` : "that is kept"} is told as what it is`, () => {
      assert.deepEqual(shown({ status }, kept), { state: status, status: says });
    });
  }
});
