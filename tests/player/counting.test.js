// Words and characters as pages and packages count them, held to the table that the server is held to as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { countCharacters, countCharactersFlowing, countWords } from "../../lti_tool/web/assets/_counting.js";
import { countCharacters as countInPackages } from "../../scorm_builder/player/activities/characters.js";
import { reflection } from "../../scorm_builder/player/activities/reflection.js";

const TABLE = JSON.parse(readFileSync(new URL("../shared/counting.json", import.meta.url), "utf8"));

for (const [what, text, words] of TABLE.words) test(`words: ${what}`, () => assert.equal(countWords(text), words));
for (const [what, text, characters] of TABLE.characters) {
  test(`characters: ${what}`, () => assert.equal(countCharactersFlowing(text), characters));
}

test("a line break and each space are characters where a text is counted as it stands", () => {
  assert.equal(countCharacters("a  b\nc"), 6);
});

for (const [what, text] of [...TABLE.words, ...TABLE.characters]) {
  test(`a package counts as the tool does: ${what}`, () => assert.equal(countInPackages(text), countCharacters(text)));
}

test("a reflection is as long as a reader sees it", () => {
  const typed = ["e\u0301".repeat(140), "👩\u200D🏫 ".repeat(46), "\u0645\u064F".repeat(140), ` ${"a".repeat(140)}\n`];
  for (const text of typed) assert.equal(reflection.missing({ limit: 140 }, text), null);
  assert.deepEqual(reflection.missing({ limit: 140 }, "e\u0301".repeat(141)), ["characters_over", { over: 1 }]);
});
