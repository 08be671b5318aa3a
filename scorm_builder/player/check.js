// The closing check's box: how far this attempt is, how good it was, and another attempt with other questions.

import { attemptOf, counted, countedAndAnswered } from "./progress.js";
import { inWords } from "./result.js";

// `draw` starts another attempt and gives its first question's element.
export function createCheck(unit, draw) {
  // Its page may come later.
  const button = () => unit.root.querySelector("[data-check-box] [data-draw]");
  unit.root.addEventListener("click", ({ target }) => {
    if (target === button()) focusOn(draw());
  });
  const put = (name, text) => {
    const place = unit.root.querySelector(`[data-check-${name}]`);
    if (place.textContent !== text) place.textContent = text;
  };
  return {
    refresh(progress) {
      if (!button()) return;
      put("how", unit.say("check_how", { draw: unit.draw, pass: inWords(unit.check, unit) }));
      const raw = attemptOf(progress, unit);
      button().hidden = raw === null;
      const said = [raw === null ? open(progress, unit) : unit.say("check_done", { raw: inWords(raw, unit) })];
      if (progress.check.best !== null) said.push(unit.say("check_best", { raw: inWords(Math.max(progress.check.best, raw ?? 0), unit) }));
      put("said", said.join(" "));
    },
    showDrawn(progress) {
      for (const { id, pool, element } of unit.activities) {
        if (pool && element) element.hidden = !progress.check.drawn.includes(id);
      }
    },
  };
}

function open(progress, unit) {
  const done = countedAndAnswered(progress, unit).length;
  return unit.say("check_open", { done, all: counted(progress, unit).length });
}

function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
  element.scrollIntoView({ block: "center" });
}
