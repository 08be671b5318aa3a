// Where words stand in the editor's document, as the server names them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Schema } from "@tiptap/pm/model";
import fc from "fast-check";
import { findPlace } from "../../lti_tool/journal/assets/_places.js";

const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block" },
    quote: { content: "block+", group: "block" },
    text: { group: "inline" },
    br: { inline: true, group: "inline" },
  },
  marks: { strong: {} },
});
const line = (...parts) => schema.node("paragraph", null, parts.map((part) => (typeof part === "string" ? schema.text(part) : part)));
const strong = (text) => schema.text(text, [schema.mark("strong")]);
const doc = (...blocks) => schema.node("doc", null, blocks);
const at = (document, place) => place && document.textBetween(place.from, place.to, "\n", "\n");

test("words are found across bold, in lists and quotations, and by their number", () => {
  const text = doc(line("Maria, ", strong("Mar"), "ia."), schema.node("quote", null, [line("And Maria")]));
  const places = [0, 1, 2].map((number) => findPlace(text, "Maria", number));
  assert.deepEqual(places.map((place) => at(text, place)), ["Maria", "Maria", "Maria"]);
  assert.equal(new Set(places.map(({ from }) => from)).size, 3);
  assert.deepEqual(findPlace(text, "Maria", 7), places[2], "the text was changed meanwhile");
});

test("words never run over the end of a line", () => {
  const text = doc(line("Rose"), line("Brown"), line("Rose", schema.node("br"), "Brown"), line("Rose  Brown"));
  assert.equal(at(text, findPlace(text, "Rose Brown", 0)), "Rose  Brown");
  assert.equal(findPlace(text, "Nobody", 0), null);
});

test("what stands in a pattern is no pattern, and letters of two halves are whole", () => {
  const text = doc(line("😀 (0)20 7946.0958 a-b"));
  for (const quote of ["(0)20 7946.0958", "a-b", "😀"]) assert.equal(at(text, findPlace(text, quote, 0)), quote);
  assert.equal(findPlace(text, "7946x0958", 0), null);
});

test("any word is found as often as it stands there", () => {
  const lines = fc.array(fc.array(fc.constantFrom("Maria", "at", "the", "gate.", "😀"), { minLength: 1 }), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(lines, (written) => {
    const text = doc(...written.map((words) => line(words.join(" "))));
    const count = written.flat().filter((word) => word === "Maria").length;
    const found = Array.from({ length: count }, (_, number) => findPlace(text, "Maria", number));
    assert.ok(found.every((place) => at(text, place) === "Maria"));
    assert.equal(new Set(found.map(({ from }) => from)).size, count);
  }));
});
