// One objective per unit, with its status and score (cmi.objectives); told when the unit is through.

// An LMS may have objectives already: those of earlier visits, and in 2004 the manifest's own as the first
// (SCORM 2004 RTE, section 4.2.17), which must never take a single unit's status.
// `rules` say how an edition names status and score: lists of [element, value].
export function createObjectives(elements, scope, rules) {
  /** @type {any} */
  let places = null;

  function readPlaces() {
    const count = parseInt(elements.get("cmi.objectives._count"), 10) || 0;
    const ids = Array.from({ length: count }, (_, place) => elements.get(`cmi.objectives.${place}.id`));
    return new Map(ids.map((id, place) => [id || `${place}`, place]));
  }

  function placeOf(id) {
    if (!places.has(id)) places.set(id, places.size);
    return places.get(id);
  }

  function valuesOf(id, { status, score }) {
    const values = [["id", id], ...rules.status(status), ...(score ? rules.score(score) : [])];
    return values.map(([name, value]) => [`cmi.objectives.${placeOf(id)}.${name}`, value]);
  }

  return {
    // Asks the LMS only in a save that has nothing else to do, or the `last`. Returns whether some are left.
    tell(units, last) {
      const through = scope.units.filter(({ id }) => units[id] && units[id].status !== "incomplete");
      if (through.length === 0) return false;
      if (!places && !elements.idle() && !last) return true;
      places ??= readPlaces();
      return elements.setSome(through.flatMap(({ id }) => valuesOf(id, units[id])), last);
    },
  };
}
