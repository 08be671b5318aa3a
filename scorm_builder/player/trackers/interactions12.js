// Answers as the LMS's reports list them (SCORM 1.2 Run-Time Environment, section 3.4.4, cmi.interactions).

import { interactionsOf } from "../activities/index.js";

const RESULTS = { right: "correct", wrong: "wrong", neutral: "neutral" };
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

export const clockTime = (date) => [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
const twoDigits = (number) => String(number).padStart(2, "0");

// Writes what was newly checked; an LMS without interactions is left in peace after its first refusal.
export function createInteractions(calls, unit) {
  let next = null;
  let refused = false;
  const written = new Map();

  function write(interaction, now) {
    const set = (name, value) => calls.set(`cmi.interactions.${next}.${name}`, value);
    if (!set("id", interaction.id)) return false;
    set("type", interaction.type);
    if (interaction.correct) set("correct_responses.0.pattern", format(interaction.type, interaction.correct));
    set("student_response", format(interaction.type, interaction.response));
    set("result", RESULTS[interaction.result]);
    set("weighting", interaction.counts ? "1" : "0");
    set("time", clockTime(now));
    next += 1;
    return true;
  }

  return {
    // What was recorded in an earlier session is not recorded again.
    remember(answers) {
      for (const [id, answer] of Object.entries(answers)) written.set(id, JSON.stringify(answer.given));
    },
    record(answers, now = new Date()) {
      for (const activity of unit.activities) {
        const answer = answers[activity.id];
        if (refused || !answer?.checked || written.get(activity.id) === JSON.stringify(answer.given)) continue;
        if (next === null) next = parseInt(calls.get("cmi.interactions._count"), 10) || 0;
        refused = interactionsOf(activity, answer.given).some((interaction) => !write(interaction, now));
        written.set(activity.id, JSON.stringify(answer.given));
      }
    },
  };
}

function format(type, response) {
  if (type === "fill-in") return response.slice(0, 255);
  if (type === "matching") return response.map(([left, right]) => `${LETTERS[left]}.${LETTERS[right]}`).join(",");
  return response.map((place) => LETTERS[place]).join(",");
}
