// Self-assessment scales and polls: a level for each statement. Given: the level's number, or null, for each.

const rows = (element) => [...element.querySelectorAll("[data-statement]")];
const radios = (row) => [...row.querySelectorAll("input")];

export const statements = {
  mount(element, unit, changed) {
    element.addEventListener("change", () => changed());
  },
  given(element) {
    return rows(element).map((row) => {
      const place = radios(row).findIndex((radio) => radio.checked);
      return place < 0 ? null : place;
    });
  },
  show(element, given) {
    rows(element).forEach((row, place) => {
      radios(row).forEach((radio, level) => {
        radio.checked = level === given[place];
      });
    });
  },
  missing(element, given) {
    const missing = given.filter((level) => level === null).length;
    return missing ? ["some_missing", { missing }] : null;
  },
  mark: () => ({ points: null, said: ["kept"] }),
  reveal(element) {
    element.querySelector('[data-when="kept"]').hidden = false;
  },
  hide(element) {
    element.querySelector('[data-when="kept"]').hidden = true;
  },
  interactions(element, given) {
    return rows(element).map((row, place) => ({
      id: row.dataset.statement,
      type: "likert",
      response: [given[place]],
      result: "neutral",
    }));
  },
};
