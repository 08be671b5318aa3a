// The order in which a choice shows its options: another for each person and attempt, and for these always the same.
// It is worked out anew whenever it is needed: what is kept of an answer is the options' numbers in the source.

import { digest } from "./digest.js";

// The numbers below `count`.
export function orderOf(count, seed) {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const drawn = numbers.map((number) => digest(`${number} ${seed}`));
  return numbers.sort((one, other) => drawn[one] - drawn[other] || one - other);
}

// Only questions of the closing check have attempts: elsewhere, whoever tries again finds everything in its place.
export function seedOf(activity, unit, progress) {
  const attempt = activity.pool ? progress.check.attempt : 0;
  return JSON.stringify([unit.learner, unit.id, activity.id, attempt]);
}

// Puts an activity's options in order, where the builder says that their order means nothing.
export function arrange(element, seed) {
  const list = element.querySelector("[data-mixed]");
  if (!list) return;
  const options = new Map([...list.querySelectorAll(".pw-option")].map((option) => [numberOf(option), option]));
  list.append(...orderOf(options.size, seed).map((number) => options.get(number)));
}

// An option's number in the source, wherever it stands now.
export const numberOf = (option) => Number(option.querySelector("input").value);
