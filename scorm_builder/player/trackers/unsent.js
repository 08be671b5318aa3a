// Work that the other side has not confirmed yet: in this browser, under the learner's name, until it has.
//
// {whole, versions, at, told} for each window, so that none forgets what another could not send. `at` is when it was kept
// (ISO 8601), `told` whatever the tracker wants to know again. `versions` names all that the work includes of what the
// other side may have: the one that was read, and those that were sent since; null where nothing could be read.

import { digest } from "../digest.js";
import { mergeWholes } from "../whole.js";

const MOST = 40; // versions that are remembered: the first, and the latest

// A version is a short text that names what the other side has. `learner()` is a name that stays the same for one
// person; without one nothing is kept here: people share computers.
export function createUnsent(scope, learner, storage) {
  const ours = Math.random().toString(36).slice(2);
  const prefix = () => `pw:${scope.course}:${scope.id}:unsent:${learner()}:`;
  /** @type {any} */
  let versions = null;
  let base = null; // our work when it and the other side's were last one
  let theirs = null; // what the other side has, if it is more than our work
  let handed = {}; // {version, whole, joined}: our work, and what was handed over
  let newest = null; // our work as it was held last
  let told = [];
  let inherited = []; // [key, at] of what was found here and is part of our work since

  function forgetInherited() {
    for (const [key, at] of inherited) if (storage.recall(key)?.at === at) storage.forget(key);
    inherited = [];
  }

  function include(version) {
    const all = [...new Set([...(versions ?? []), version])];
    // The first one is what the LMS held when the saves began to fail, and perhaps holds still.
    versions = all.length > MOST ? [all[0], ...all.slice(1 - MOST)] : all;
  }

  // Something else may have written there, or what was written may be damaged: that is no work to go on with.
  function isSound(kept) {
    const names = kept?.versions ?? [];
    if (!Array.isArray(names) || [kept?.at, ...names].some((one) => typeof one !== "string")) return false;
    try {
      return Object.keys(mergeWholes(kept.whole, kept.whole, scope).units).length > 0;
    } catch {
      return false;
    }
  }

  const joined = (whole) => (theirs ? mergeWholes(whole, theirs, scope, base) : whole);

  function store(beside = told) {
    const entry = { whole: joined(newest), versions, at: new Date().toISOString(), told: beside };
    if (learner() && storage.keep(prefix() + ours, entry)) forgetInherited();
  }

  return {
    // What the work includes of what the other side may have; null before anything was read.
    get versions() {
      return versions;
    },
    // What the trackers of the visits that are gone on with had kept beside the work; after recover().
    get told() {
      return told;
    },
    // A name for a save, by which it is known as later or earlier: its moment, and the window, as two may save at once.
    nameOf: (at) => `${at.toISOString()}-${ours}`,
    // What to go on with: what the other side has, and what never reached it. Where the other side has moved on since,
    // on another computer, its answers win. Without having read it, `version` is null; whoever begins without having
    // read must name versions by their moment, so that the later answers can be told.
    recover(saved, version) {
      const found = (learner() ? storage.recallAll(prefix()) : []).filter(([, kept]) => isSound(kept));
      const entries = found.sort(([, one], [, other]) => (one.at < other.at ? -1 : 1));
      const isNewer = (kept) => version === null || (kept.versions ? kept.versions.includes(version) : kept.at > version);
      told = entries.flatMap(([, kept]) => kept.told ?? []);
      inherited = entries.map(([key, { at }]) => [key, at]);
      for (const [, kept] of entries) if (isNewer(kept)) kept.versions?.forEach(include);
      if (version !== null) include(version);
      base = saved;
      return entries.reduce((whole, [, kept]) => {
        if (!whole) return kept.whole;
        return isNewer(kept) ? mergeWholes(kept.whole, whole, scope) : mergeWholes(whole, kept.whole, scope);
      }, saved);
    },
    // The other side has moved on: what it has is part of our work from now on, and wins where ours is what it was.
    join(whole, version) {
      theirs = theirs && whole ? mergeWholes(whole, theirs, scope) : (whole ?? theirs);
      include(version);
    },
    // The newest of our work, whenever it will be handed over; `beside` is what to keep as `told` with it.
    hold(whole, beside) {
      newest = whole;
      store(beside);
    },
    // Before handing over what was held: gives what to hand over.
    keep(whole, version, beside) {
      if (versions) include(version);
      handed = { version, whole, joined: joined(whole) };
      store(beside);
      return handed.joined;
    },
    // It has arrived; what is newer stays.
    sent(version) {
      versions = versions.slice(versions.indexOf(version)); // with what was joined meanwhile
      forgetInherited();
      if (handed.version !== version) return;
      [base, theirs] = [handed.whole, theirs && handed.joined];
      if (newest === handed.whole) storage.forget(prefix() + ours);
    },
  };
}

// A version of a text.
export const versionOf = (text) => digest(text).toString(36);

// Under which things are kept for somebody: other people at this computer need not read who was here.
export const pseudonym = (name) => (name ? versionOf(name) : "");
