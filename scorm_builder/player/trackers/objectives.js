// One objective per unit, with its status and score (cmi.objectives); told when the unit is through.

// Elements with their values; `rules` say how an edition names status and score: lists of [element, value].
export function objectiveValues(units, scope, rules) {
  return scope.units.flatMap((unit, place) => {
    const progress = units[unit.id];
    if (!progress || progress.status === "incomplete") return [];
    const score = progress.score ? rules.score(progress.score) : [];
    return [["id", unit.id], ...rules.status(progress.status), ...score].map(([name, value]) => [
      `cmi.objectives.${place}.${name}`,
      value,
    ]);
  });
}
