// Bundles the browser sources of every room, the demo LMS and the package player with esbuild.
//
//   lti_tool/<room>/assets/<name>.{js,css}  -> lti_tool/web/static/build/<room>/<name>-<hash>.{js,css}
//   lti_tool/demo/assets/<name>.{js,css}    -> lti_tool/demo/static/build/<name>-<hash>.{js,css}
//   scorm_builder/player/entries/<name>.js  -> scorm_builder/player/built/<name>.js
//   scorm_builder/player/<name>.css         -> scorm_builder/player/built/<name>.css
//   scorm_builder/preview/assets/<name>.{js,css} -> scorm_builder/preview/built/<name>.{js,css}
//
// The first two write a manifest.json from the source's name ("journal/editor.js"; "player.js" in the demo) to the
// address below the static folder. Each script's source map goes to build/source-maps/<the bundle's own path>.map, for
// measuring which lines the tests ran; no bundle names it. A file whose name starts with `_` is only ever imported by others.
// The same sources give the same bytes, wherever the repository lies.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import * as esbuild from "esbuild";

const root = resolve(process.argv[2] ?? join(import.meta.dirname ?? dirname(process.argv[1]), ".."));
const from = (...parts) => join(root, ...parts);

const common = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  minify: true,
  metafile: true,
  sourcemap: "external",
  target: "es2020",
  format: "iife",
  charset: "utf8",
  legalComments: "eof",
  logLevel: "silent",
  loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
  assetNames: "[name]-[hash]",
};

async function entriesIn(folder, kinds) {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names.filter((name) => kinds.test(name) && !name.startsWith("_")).sort().map((name) => join(folder, name));
}

async function rooms() {
  const folders = await readdir(from("lti_tool"), { withFileTypes: true });
  return folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name).filter((name) => name !== "demo").sort();
}

// `entryPoints` names each output by itself, so that `assets/` does not appear in any address.
async function roomsGroup() {
  const entryPoints = [];
  for (const room of await rooms()) {
    for (const file of await entriesIn(from("lti_tool", room, "assets"), /\.(js|css)$/)) {
      entryPoints.push({ room, file });
    }
  }
  return hashed(entryPoints, from("lti_tool", "web", "static", "build"));
}

async function demoGroup() {
  const files = await entriesIn(from("lti_tool", "demo", "assets"), /\.(js|css)$/);
  return hashed(files.map((file) => ({ room: "", file })), from("lti_tool", "demo", "static", "build"));
}

function hashed(sources, outdir) {
  return {
    outdir,
    manifest: true,
    entryPoints: sources.map(({ room, file }) => ({ in: file, out: join(room, bareName(file)) })),
    names: new Map(sources.map(({ room, file }) => [relative(root, file), join(room, fileName(file))])),
    options: { entryNames: "[dir]/[name]-[hash]" },
  };
}

async function playerGroup() {
  const files = await entriesIn(from("scorm_builder", "player", "entries"), /\.js$/);
  files.push(...(await entriesIn(from("scorm_builder", "player"), /\.css$/)));
  return named(files, from("scorm_builder", "player", "built"));
}

async function previewGroup() {
  const files = await entriesIn(from("scorm_builder", "preview", "assets"), /\.(js|css)$/);
  return named(files, from("scorm_builder", "preview", "built"));
}

function named(files, outdir) {
  return {
    outdir,
    manifest: false,
    entryPoints: files.map((file) => ({ in: file, out: bareName(file) })),
    options: { entryNames: "[name]" },
  };
}

const fileName = (file) => file.slice(file.lastIndexOf("/") + 1);
const bareName = (file) => fileName(file).replace(/\.[^.]+$/, "");

async function bundle(group) {
  const wanted = new Map();
  const maps = new Map();
  if (group.entryPoints.length > 0) {
    const built = await esbuild.build({ ...common, ...group.options, outdir: group.outdir, entryPoints: group.entryPoints });
    for (const { path, contents } of built.outputFiles) {
      if (path.endsWith(".js.map")) maps.set(mapOf(path), contents);
      else if (!path.endsWith(".map")) wanted.set(path, contents);
    }
    if (group.manifest) wanted.set(join(group.outdir, "manifest.json"), manifestOf(group, built.metafile));
  } else if (group.manifest) {
    wanted.set(join(group.outdir, "manifest.json"), Buffer.from("{}\n"));
  }
  await replace(group.outdir, wanted);
  await replace(mapOf(group.outdir), maps);
  return group.entryPoints.length;
}

const mapOf = (path) => from("build", "source-maps", relative(root, path));

function manifestOf(group, metafile) {
  const base = dirname(group.outdir);
  const rows = Object.entries(metafile.outputs)
    .filter(([, output]) => group.names.has(output.entryPoint))
    .map(([path, output]) => [group.names.get(output.entryPoint), relative(base, from(path))])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(`${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
}

// New files first, the manifest that names them after, stale files last: a server that runs meanwhile misses nothing.
async function replace(outdir, wanted) {
  for (const [path, contents] of wanted) {
    await mkdir(dirname(path), { recursive: true });
    if (existsSync(path) && Buffer.compare(await readFile(path), contents) === 0) continue;
    await writeFile(path, contents);
  }
  if (!existsSync(outdir)) return;
  for (const entry of await readdir(outdir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !wanted.has(path)) await rm(path);
  }
}

function explain(failure) {
  for (const { location, text } of failure.errors ?? [{ text: failure.message }]) {
    console.error(location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text);
  }
}

try {
  const groups = [await roomsGroup(), await demoGroup(), await playerGroup(), await previewGroup()];
  const counts = await Promise.all(groups.map(bundle));
  console.log(`bundled ${counts.reduce((sum, count) => sum + count, 0)} browser parts`);
} catch (failure) {
  explain(failure);
  process.exitCode = 1;
}
