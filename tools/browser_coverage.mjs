// Says how much of the browser code the tests ran: joins what the browser tests and node's own tests have counted.
// Called in the repository's root:
//
//   node tools/browser_coverage.mjs SPANS V8 OUT
//
// SPANS: a folder of {bundle: [[start, end], …]}, the characters of bundles that ran (tests/fixtures/browser_coverage.py)
// V8:    a folder that NODE_V8_COVERAGE named
// OUT:   a file for {source: {lines, ran}}
//
// A line counts where esbuild maps anything to it, and has run where any of that has.

import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { TraceMap, eachMapping } from "@jridgewell/trace-mapping";
import * as esbuild from "esbuild";

const OURS = /^(lti_tool\/\w+\/assets|scorm_builder\/(player|preview\/assets))\/(?!built\/).*\.js$/;
const root = process.cwd();
const [spans, v8, out] = process.argv.slice(2);

async function filesIn(folder) {
  return existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];
}

const readJson = async (path) => JSON.parse(await readFile(path, "utf8"));

// Where each line of a text begins.
function beginnings(text) {
  const found = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) found.push(end + 1);
  return found;
}

// {source: Map of line -> whether it ran}, with every line of code, none of which has run yet.
async function ourLines() {
  const lines = new Map();
  for (const folder of ["lti_tool", "scorm_builder"]) {
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      const path = join(folder, name);
      if (OURS.test(path)) lines.set(path, await linesOf(path));
    }
  }
  return lines;
}

// Imports are no code in a bundle.
async function linesOf(path) {
  const text = await readFile(join(root, path), "utf8");
  const { map } = await esbuild.transform(text.replaceAll(/^import .*/gm, ""), { sourcemap: "external" });
  const lines = new Map();
  eachMapping(new TraceMap(map), ({ originalLine }) => lines.set(originalLine, false));
  return lines;
}

// A bundle's source map leads from what ran of it to lines of its sources.
async function addBundle(lines, bundle, ran) {
  const begins = beginnings(await readFile(join(root, bundle), "utf8"));
  const map = new TraceMap(await readJson(join(root, "build", "source-maps", `${bundle}.map`)));
  const sources = new Map(map.sources.map((name) => [name, relative(root, resolve(root, dirname(bundle), name))]));
  eachMapping(map, ({ source, originalLine, generatedLine, generatedColumn }) => {
    const offset = begins[generatedLine - 1] + generatedColumn;
    if (ran.some(([start, end]) => start <= offset && offset < end)) mark(lines, sources.get(source), originalLine);
  });
}

function mark(lines, source, line) {
  const found = lines.get(source);
  if (found?.has(line)) found.set(line, true);
}

// What node ran is told of the source itself. V8 tells each function and block after the one around it.
async function addSource(lines, source, functions) {
  const text = await readFile(join(root, source), "utf8");
  const ran = new Uint8Array(text.length);
  for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
    ran.fill(Math.min(count, 1), startOffset, endOffset);
  }
  const begins = [...beginnings(text), text.length];
  for (const line of lines.get(source).keys()) {
    const indent = text.slice(begins[line - 1], begins[line]).search(/\S/);
    if (ran.subarray(begins[line - 1] + indent, begins[line]).includes(1)) mark(lines, source, line);
  }
}

const lines = await ourLines();
for (const file of await filesIn(spans)) {
  for (const [bundle, ran] of Object.entries(await readJson(file))) await addBundle(lines, bundle, ran);
}
for (const file of await filesIn(v8)) {
  for (const { url, functions } of (await readJson(file)).result) {
    const source = url.startsWith("file:") ? relative(root, fileURLToPath(url)) : "";
    if (lines.has(source)) await addSource(lines, source, functions);
  }
}
const rows = [...lines].map(([source, found]) => [source, { lines: found.size, ran: [...found.values()].filter(Boolean).length }]);
await writeFile(out, JSON.stringify(Object.fromEntries(rows), null, 1));
