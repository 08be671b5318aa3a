// Adds up a rubric while its levels are chosen: a plain sum from 0.

/** The sum of the chosen levels, and how many criteria have none yet. */
export function sumOf(rubric) {
  const criteria = [...rubric.querySelectorAll(".pw-criterion")];
  const chosen = criteria.map((one) => one.querySelector("input:checked")).filter(Boolean);
  return { sum: chosen.reduce((sum, level) => sum + Number(level.value), 0), open: criteria.length - chosen.length };
}

export function listenForRubrics(root) {
  root.addEventListener("change", ({ target }) => {
    const rubric = target.closest?.("[data-pw-rubric]");
    const total = rubric?.querySelector("[data-pw-total]");
    if (total) total.textContent = total.dataset.text.replace("{sum}", sumOf(rubric).sum).replace("{most}", total.dataset.most);
  });
}
