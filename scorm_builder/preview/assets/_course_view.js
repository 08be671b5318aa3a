// What the page says about the course: its title, what can be played, its mistakes, and what would be worth a look.

import { made, say, timeOf } from "./_words.js";

const at = (name) => document.querySelector(`[data-${name}]`);
const select = document.querySelector('select[name="unit"]');

// Mistakes take the page's place; it comes back when they are gone.
export function showMistakes(mistakes) {
  at("mistakes").hidden = mistakes.length === 0;
  at("frame").hidden = mistakes.length > 0;
  const title = mistakes.length === 1 ? say("one_mistake") : say("mistakes", { count: mistakes.length });
  at("mistakes").querySelector("h2").textContent = mistakes.length ? title : "";
  at("mistakes").querySelector("ol").replaceChildren(...mistakes.map(mistakeOf));
  if (mistakes.length) at("remarks").hidden = true;
  for (const control of document.querySelectorAll(".choices select, .choices input, .buttons button")) {
    control.disabled = mistakes.length > 0;
  }
}

function mistakeOf({ file, line, what, should }) {
  const where = file ? [made("code", file), line ? ` ${say("line", { line })}` : ""] : [];
  return made("li", "", made("p", "", ...where), made("p", "", ...coded(what)), made("p", "", ...coded(should)));
}

// `words` of a sentence that are to be written as they stand.
const coded = (text) => text.split("`").map((part, place) => (place % 2 ? made("code", part) : part));

export function showCourse({ title, modules, remarks }, chosen) {
  document.title = `${title} – ${say("preview")}`;
  at("title").textContent = title;
  const groups = modules.map((module) => {
    const group = made("optgroup");
    group.label = module.title;
    const whole = new Option(say("whole_module", { title: module.title }), `module/${module.id}`);
    group.append(...module.units.map((unit) => new Option(unit.title, `unit/${unit.id}`)), whole);
    return group;
  });
  select.replaceChildren(...groups);
  select.value = chosen;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
  at("empty").hidden = modules.length > 0;
  at("remarks").hidden = remarks.length === 0;
  at("remarks").querySelector("summary").textContent = say("remarks", { count: remarks.length });
  at("remarks").querySelector("ul").replaceChildren(...remarks.map((remark) => made("li", remark)));
}

export function showTime(now) {
  at("shown").textContent = say("shown", { time: timeOf(now) });
}

// A cmi5 package launches each unit by itself.
export function allowModules(allowed) {
  for (const option of select.options) if (option.value.startsWith("module/")) option.disabled = !allowed;
  if (!allowed && select.value.startsWith("module/")) {
    const first = select.selectedOptions[0].parentElement.firstElementChild;
    select.value = first.value;
  }
}
