// Files that are dropped on a unit or pasted into it are refused with a word, and never take the page's place.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { refuseFiles } from "../../scorm_builder/player/files.js";

// Whether the browser was kept from what it would do by itself, and how often something was said.
function give(kind, types) {
  let said = 0;
  const root = new EventTarget();
  refuseFiles(root, () => { said += 1; });
  const event = new Event(kind, { cancelable: true });
  Object.assign(event, { [kind === "paste" ? "clipboardData" : "dataTransfer"]: types && { types } });
  return [!root.dispatchEvent(event), said];
}

describe("what is given to a unit", () => {
  for (const [kind, types, taken] of [
    ["drop", ["Files"], [true, 1]],
    ["paste", ["Files"], [true, 1]],
    ["dragover", ["Files"], [true, 0]],
    ["drop", ["text/plain"], [false, 0]],
    ["paste", ["text/plain", "text/html", "Files"], [false, 0]],
    ["paste", ["text/html", "Files"], [false, 0]],
    ["drop", ["application/x-moz-file", "Files"], [true, 1]],
    ["paste", [], [false, 0]],
    ["drop", undefined, [false, 0]],
  ]) {
    it(`by ${kind} of ${types} is ${taken[0] ? "refused" : "taken as ever"}`, () => assert.deepEqual(give(kind, types), taken));
  }
});
