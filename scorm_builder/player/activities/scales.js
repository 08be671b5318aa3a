// What the learner said of himself before: in this unit's answers, else kept in this browser by another unit.

import { browserStorage } from "../storage.js";

const key = (unit) => `pw:${unit.course}:scales:${unit.learner}`;

// Without a name that stays the same, people at one computer would see each other's answers.
export function rememberBefore(unit, ids, given) {
  if (!unit.learner) return;
  const levels = Object.fromEntries(ids.map((id, place) => [id, given[place]]));
  browserStorage.keep(key(unit), { ...browserStorage.recall(key(unit)), ...levels });
}

// Level by statement.
export function levelsBefore(unit, answers) {
  const found = unit.learner ? { ...browserStorage.recall(key(unit)) } : {};
  for (const { id, kind, element } of unit.activities) {
    if (kind !== "scale" || !answers[id]?.checked || !element.querySelector('[data-moment="before"]')) continue;
    const statements = [...element.querySelectorAll("[data-statement]")].map((row) => row.dataset.statement);
    statements.forEach((statement, place) => {
      found[statement] = answers[id].given[place];
    });
  }
  return found;
}
