// A field that is written in by ticking boxes, one for each row that it may refer to (fields/references.py).

const boxesIn = (place) => [...place.querySelectorAll("input[type=checkbox]")];

/**
 * A group of boxes to tick as one control: its value names the rows that are ticked, as the server writes them. In a
 * row that is closed there are only those; the others come when it opens, for a map has many.
 */
export function dress(control, references) {
  const listed = (is) => {
    const ids = boxesIn(control).filter(is).map(({ value }) => Number(value));
    return ids.sort((one, other) => one - other).join(" ");
  };
  Object.defineProperties(control, {
    value: {
      get: () => listed(({ checked }) => checked),
      set: (value) => {
        const ids = value.split(" ").filter(Boolean);
        for (const id of ids) if (!itemOf(control, id)) addMissing(control, references(), id);
        for (const box of boxesIn(control)) box.checked = ids.includes(box.value);
      },
    },
    defaultValue: { get: () => listed(({ defaultChecked }) => defaultChecked) },
  });
  control.closest("details")?.addEventListener("toggle", () => offer(control, references()));
}

export function shown(value, { control }) {
  const ids = value.split(" ");
  const named = boxesIn(control).filter((box) => ids.includes(box.value));
  return named.map((box) => box.nextElementSibling.textContent).join("; ");
}

// Boxes come and go one by one and in their order, so that whoever stands on one of them stays there.
export function offer(control, references) {
  if (control.closest("details")?.open === false) return;
  delete control.dataset.partial;
  for (const place of control.querySelectorAll("[data-pm-offers]")) {
    const rows = references[place.dataset.pmOffers]?.filter(([id]) => id !== control.dataset.row) ?? [];
    const list = place.querySelector("ul");
    let next = list.firstElementChild;
    for (const [id, title] of rows) {
      const item = itemOf(list, id) ?? makeItem(control, id);
      item.querySelector("span").textContent = title;
      if (item === next) next = next.nextElementSibling;
      else list.insertBefore(item, next);
    }
    place.hidden = !list.firstElementChild;
  }
}

export function retract(control, references) {
  for (const place of control.querySelectorAll("[data-pm-offers]")) {
    const rows = references[place.dataset.pmOffers];
    for (const box of rows ? boxesIn(place) : []) {
      if (rows.some(([id]) => id === box.value)) continue;
      const held = document.activeElement === box;
      box.closest("li").remove();
      if (held) control.querySelector("input[type=checkbox]")?.focus();
    }
    place.hidden = !place.querySelector("li");
  }
}

/** A box that is ticked elsewhere, in a row that is closed here. */
function addMissing(control, references, id) {
  for (const place of control.querySelectorAll("[data-pm-offers]")) {
    const found = references[place.dataset.pmOffers]?.find(([one]) => one === id);
    if (!found) continue;
    const item = makeItem(control, id);
    item.querySelector("span").textContent = found[1];
    place.querySelector("ul").append(item);
    place.hidden = false;
  }
}

const itemOf = (list, id) => boxesIn(list).find(({ value }) => value === id)?.closest("li");

function makeItem(control, id) {
  const item = document.createElement("li");
  const label = Object.assign(document.createElement("label"), { className: "form-check" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input", value: id });
  box.name = control.dataset.name;
  const words = Object.assign(document.createElement("span"), { className: "form-check-label", dir: "auto" });
  label.append(box, words);
  item.append(label);
  return item;
}
