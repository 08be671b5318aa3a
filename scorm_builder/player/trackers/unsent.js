// Work that the other side has not confirmed yet: in this browser, under the learner's name, until it has.
//
// {"<window>": {whole, versions, at}}: each window keeps its own, so that none forgets what another could not send.
// `at` is when it was kept (ISO 8601). `versions` is all that the work includes of what the other side may have: the
// one that was read, and those that were sent since; null where nothing could be read.

import { forget, keep, recall } from "../storage.js";
import { mergeWholes } from "../whole.js";

const MOST = 40; // versions that are remembered: the first, and the latest

// A version is a short text that names what the other side has. `learner()` is a name that stays the same for one
// person; without one nothing is kept here: people share computers.
export function createUnsent(scope, learner) {
  const key = () => `pw:${scope.course}:${scope.id}:unsent:${learner()}`;
  const ours = Math.random().toString(36).slice(2);
  let versions = null;
  let inherited = []; // [window, at] of what was found here and is part of our work since

  const found = () => (learner() ? recall(key()) : null) ?? {};

  function put(entry) {
    if (!learner()) return;
    const done = ([name, { at }]) => name === ours || inherited.some(([one, then]) => one === name && then === at);
    const others = Object.entries(found()).filter((one) => !done(one));
    const all = Object.fromEntries(entry ? [...others, [ours, entry]] : others);
    if (Object.keys(all).length) keep(key(), all);
    else forget(key());
  }

  return {
    // What the work includes of what the other side may have; null before anything was read.
    get versions() {
      return versions;
    },
    // What to go on with: what the other side has, and what never reached it. Where the other side has moved on since,
    // on another computer, its answers win. Without having read it, `version` is null; whoever begins without having
    // read must name versions by their moment (ISO 8601), so that the later answers can be told.
    recover(saved, version) {
      const entries = Object.entries(found()).sort(([, one], [, other]) => (one.at < other.at ? -1 : 1));
      inherited = entries.map(([name, { at }]) => [name, at]);
      const isNewer = (kept) => version === null || (kept.versions ? kept.versions.includes(version) : kept.at > version);
      const included = entries.filter(([, kept]) => isNewer(kept)).flatMap(([, kept]) => kept.versions ?? []);
      const all = [...new Set([...included, ...(version === null ? [] : [version])])];
      versions = all.length ? all : null;
      return entries.reduce((whole, [, kept]) => {
        if (!whole) return kept.whole;
        return isNewer(kept) ? mergeWholes(kept.whole, whole, scope) : mergeWholes(whole, kept.whole, scope);
      }, saved);
    },
    // The other side has moved on, and its work is part of ours from now on.
    include(version) {
      versions = [...(versions ?? []), version];
    },
    // Before handing it over.
    keep(whole, version) {
      // The first one is what the LMS held when the saves began to fail, and perhaps holds still.
      if (versions && versions.at(-1) !== version) versions = [versions[0], ...versions.slice(1).slice(2 - MOST), version];
      put({ whole, versions, at: new Date().toISOString() });
    },
    // It has arrived.
    sent(version) {
      versions = [version];
      put(null);
    },
  };
}

// A version of a text (FNV-1a, 32 bits).
export function versionOf(text) {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return (hash >>> 0).toString(36);
}
