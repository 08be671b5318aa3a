// Work that the other side has not confirmed yet: in this browser, under the learner's name, until it has.

import { forget, keep, recall } from "../storage.js";
import { mergeWholes } from "../whole.js";

const MOST = 40; // versions that are remembered: the first, and the latest

// A version is a short text that names what the other side has. `learner()` is a name that stays the same for one
// person; without one nothing is kept here: people share computers.
export function createUnsent(scope, learner) {
  const key = () => `pw:${scope.course}:${scope.id}:unsent:${learner()}`;
  let versions = null;
  return {
    // What to go on with: what the other side has, and what never reached it. Where the other side has moved on since,
    // on another computer, its answers win. Without having read it, `version` is null.
    recover(saved, version) {
      const kept = learner() ? recall(key()) : null;
      versions = version === null ? null : [version];
      if (!kept || !saved) return kept?.whole ?? saved;
      const newer = kept.versions === null || kept.versions.includes(version);
      if (newer && versions) versions = kept.versions ?? versions;
      return newer ? mergeWholes(kept.whole, saved, scope) : mergeWholes(saved, kept.whole, scope);
    },
    // Before handing it over.
    keep(whole, version) {
      // The first one is what the LMS held when the saves began to fail, and perhaps holds still.
      if (versions && versions.at(-1) !== version) versions = [versions[0], ...versions.slice(1).slice(2 - MOST), version];
      if (learner()) keep(key(), { whole, versions });
    },
    // It has arrived.
    sent(version) {
      versions = [version];
      forget(key());
    },
  };
}

// A version of a text (FNV-1a, 32 bits).
export function versionOf(text) {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return (hash >>> 0).toString(36);
}
