// Words and characters as the pages count them, held to the table that the server is held to as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { countCharacters, countCharactersFlowing, countWords } from "../../lti_tool/web/assets/_counting.js";

const TABLE = JSON.parse(readFileSync(new URL("../shared/counting.json", import.meta.url), "utf8"));

for (const [what, text, words] of TABLE.words) test(`words: ${what}`, () => assert.equal(countWords(text), words));
for (const [what, text, characters] of TABLE.characters) {
  test(`characters: ${what}`, () => assert.equal(countCharactersFlowing(text), characters));
}

test("a line break and each space are characters where a text is counted as it stands", () => {
  assert.equal(countCharacters("a  b\nc"), 6);
});
