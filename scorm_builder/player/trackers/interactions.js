// Answers as the LMS's reports list them (cmi.interactions); how they are written is the edition's (interaction_rules.js).

import { interactionsOf } from "../activities/index.js";

// Writes what was newly checked; an LMS without interactions is left in peace after its first refusal.
export function createInteractions(calls, scope, rules) {
  /** @type {any} */
  let next = null;
  let refused = false;
  const written = new Map();

  function write(interaction, now) {
    const set = (name, value) => calls.set(`cmi.interactions.${next}.${name}`, value);
    const { type, response, correct, result, counts } = interaction;
    if (!set("id", interaction.id)) return false;
    set("type", rules.first(type, interaction));
    if (correct !== undefined) set(rules.names.correct, rules.format(type, correct));
    set(rules.names.response, rules.format(type, response));
    set("result", rules.results[result]);
    set("weighting", counts ? "1" : "0");
    set(rules.names.time, rules.time(now));
    next += 1;
    return true;
  }

  function recordOne(activity, name, { given }, now) {
    next ??= parseInt(calls.get("cmi.interactions._count"), 10) || 0;
    const named = (one) => ({ ...one, id: scope.single ? one.id : `${name.split("/")[0]}.${one.id}` });
    refused = interactionsOf(activity, given).some((interaction) => !write(named(interaction), now));
    written.set(name, JSON.stringify(given));
  }

  return {
    // What was recorded in an earlier session is not recorded again.
    remember(units) {
      for (const [unit, { answers }] of Object.entries(units)) {
        for (const [id, { given }] of Object.entries(answers)) written.set(`${unit}/${id}`, JSON.stringify(given));
      }
    },
    // Only the unit that is shown has its activities at hand, and of these only what is in the page already.
    record(units, now = new Date()) {
      const shown = scope.shown;
      for (const activity of shown?.activities ?? []) {
        const answer = units[shown.id]?.answers[activity.id];
        const name = `${shown?.id}/${activity.id}`;
        if (refused || !answer?.checked || !activity.question || written.get(name) === JSON.stringify(answer.given)) continue;
        recordOne(activity, name, answer, now);
      }
    },
  };
}
