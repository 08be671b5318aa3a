// What the editor keeps of pasted HTML, held to the table that the server's cleaning is held to as well.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { read } from "../../lti_tool/web/assets/pasting/reading.js";
import { asHtml, asText } from "../../lti_tool/web/assets/pasting/writing.js";
import { parsed } from "./support/parsed.js";

const TABLE = readFileSync(new URL("../shared/pasted.txt", import.meta.url), "utf8");
const CASES = TABLE.split(/^## /m).slice(1).map((text) => {
  const [, name, pasted, kept] = /^(.*)\n([^]*?)\n=>\n([^]*)$/.exec(text);
  return { name, pasted, kept: kept.replaceAll("\n", "").replaceAll('"', "&quot;") };
});

for (const { name, pasted, kept } of CASES) {
  test(name, () => {
    assert.equal(asHtml(read(parsed(pasted)).blocks).replaceAll('"', "&quot;"), kept);
  });
}

test("the table is read whole", () => assert.ok(CASES.length > 20));

const count = (html) => read(parsed(html)).pictures;

test("pictures that are not kept are counted, and only those that a reader sees", () => {
  assert.equal(count('<p>a<img src="data:image/png;base64,AA=="><img src="file:///x.png"></p>'), 2);
  assert.equal(count("<video src=x></video><svg><path/></svg>"), 2);
  assert.equal(count('<table><tr><td><img src="x.png"></td><td>a</td></tr></table>'), 1);
  assert.equal(count('<img src="https://mail.example/seen.gif" width="1" height="1"><img alt="😀" src="x.png">'), 0);
  assert.equal(count("<p style='mso-list:l0 level1'><span style='mso-list:Ignore'><img src=dot.png></span>a</p>"), 0);
});

test("fields of plain words get dashes, numbers and a line for each row", () => {
  const html = "<h1>T</h1><ul><li>a<ol start=3><li>b</li><li>c</li></ol></li></ul><table><tr><td>d</td><td>e</td></tr></table>";
  assert.equal(asText(read(parsed(html)).blocks), "T\n- a\n  3. b\n  4. c\nd | e");
});

test("a thousand boxes in boxes and ten thousand items do not break it", () => {
  assert.equal(asHtml(read(parsed(`${"<div>".repeat(400)}x`)).blocks), "<p>x</p>");
  assert.equal(read(parsed(`<ul>${"<li>x".repeat(10000)}</ul>`)).blocks.length, 10000);
});
