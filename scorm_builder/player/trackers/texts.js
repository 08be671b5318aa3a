// Texts that an LMS has no room for, kept in this browser under the learner's name.

export function createTexts(scope, learner, storage) {
  const key = () => `pw:${scope.course}:${scope.id}:texts:${learner()}`;
  /** @type {any} */
  let kept = null;
  return {
    read(unit, activity) {
      kept ??= storage.recall(key()) ?? {};
      return kept[`${unit}/${activity}`] ?? "";
    },
    keep(whole, names) {
      if (names.length === 0) return;
      const texts = names.map(([unit, activity]) => [`${unit}/${activity}`, whole.units[unit].answers[activity].given]);
      kept = Object.fromEntries(texts);
      storage.keep(key(), kept);
    },
  };
}
