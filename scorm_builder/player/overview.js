// The units of a package of several: a list that says how far each is, and the one that is open beneath it.

import { readUnit } from "./unit.js";

// `show(unit)` opens a unit that is in the page.
export function createOverview(scope, show) {
  if (scope.single) return { begin: async () => show(scope.single, { fromAddress: true }), refresh() {} };
  const place = scope.root.querySelector("[data-unit-place]");
  const list = scope.root.querySelector("[data-units]");
  const links = [...scope.root.querySelectorAll("[data-open]")];

  async function open(outline) {
    const unit = await fetchUnit(outline, place).catch(() => null);
    scope.root.querySelector("[data-missing]").hidden = unit !== null;
    if (!unit) return;
    list.open = false;
    scope.root.querySelector("[data-whole-title]").hidden = true; // The unit's title takes its place.
    show({ ...unit, key: outline.key });
    for (const link of links) mark(link, link.dataset.open === outline.id);
    place.querySelector(".pw-title").tabIndex = -1;
    place.querySelector(".pw-title").focus();
  }

  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (link.dataset.open === scope.shown?.id) list.open = false;
      else open(scope.units.find(({ id }) => id === link.dataset.open));
    });
  }

  const refresh = (whole) => {
    for (const link of links) {
      const status = whole.units[link.dataset.open]?.status ?? "not_begun";
      link.dataset.state = status;
      link.querySelector("[data-unit-status]").textContent = scope.say(`unit_${status}`);
    }
    scope.root.querySelector("[data-whole]").value = whole.measure;
  };

  return {
    async begin(whole) {
      refresh(whole);
      if (whole.current) await open(scope.units.find(({ id }) => id === whole.current));
    },
    refresh,
  };
}

const mark = (link, current) => (current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));

// The unit's file is a page of its own; of it only the unit is taken.
async function fetchUnit({ file }, place) {
  const answer = await window.fetch(file);
  if (!answer.ok) throw new Error(file);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(page.querySelector(".pw-unit"));
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  return readUnit(place.querySelector(".pw-unit"));
}
