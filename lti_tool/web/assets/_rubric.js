// Adds up a rubric while its levels are chosen: a plain sum from 0.

import { manner } from "./_moments.js";

/** The sum of the chosen levels, and how many criteria have none yet. */
export function sumOf(rubric) {
  const criteria = [...rubric.querySelectorAll(".pw-criterion")];
  const chosen = criteria.map((one) => one.querySelector("input:checked")).filter(Boolean);
  return { sum: chosen.reduce((sum, level) => sum + Number(level.value), 0), open: criteria.length - chosen.length };
}

// Where the gradebook goes up to another number than the rubric, both are told.
function told({ text, textBoth, most, gradebook }, sum) {
  const number = (value) => new Intl.NumberFormat(manner(), { maximumFractionDigits: 2 }).format(value);
  const both = { "{sum}": sum, "{most}": most, "{score}": number((sum * gradebook) / most), "{maximum}": number(gradebook) };
  return Object.entries(both).reduce((words, [name, value]) => words.replace(name, value), gradebook ? textBoth : text);
}

export function listenForRubrics(root) {
  root.addEventListener("change", ({ target }) => {
    const rubric = target.closest?.("[data-pw-rubric]");
    const total = rubric?.querySelector("[data-pw-total]");
    if (total) total.textContent = told(total.dataset, sumOf(rubric).sum);
  });
}
