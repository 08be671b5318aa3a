// A branching scenario: the story grows scene by scene. Given: the numbers of the ways taken, from the first scene on.

import { wordsOf } from "./wording.js";

const LONGEST = 30; // ways that are kept; a story that goes round in circles begins to forget how it began
const scenes = (element) => [...element.querySelectorAll("[data-scenes] [data-scene]")];
const story = (element) => element.querySelector("[data-story]");
const told = (element) => [...story(element).children];
const path = (element) => (element.dataset.path ? element.dataset.path.split(",").map(Number) : []);
const ways = (scene) => [...scene.querySelectorAll("[data-way]")];
const ended = (element) => (told(element).at(-1)?.dataset.ending ?? "") !== "";

function tell(element, name) {
  const scene = scenes(element).find((one) => one.dataset.scene === name).cloneNode(true);
  story(element).append(scene);
  return scene;
}

// The way that was taken stays readable; the others are put away.
function take(element, scene, number) {
  const taken = ways(scene)[number];
  if (!taken) return null;
  for (const way of ways(scene)) {
    const line = way.closest("li");
    line.hidden = way !== taken;
    line.querySelector("[data-said]")?.toggleAttribute("hidden", way !== taken);
  }
  taken.disabled = true;
  taken.classList.add("pw-taken");
  element.dataset.path = [...path(element), number].slice(-LONGEST).join(",");
  return tell(element, taken.dataset.leads);
}

function begin(element, numbers) {
  element.dataset.path = "";
  story(element).replaceChildren();
  let scene = tell(element, scenes(element)[0].dataset.scene);
  for (const number of numbers) scene = take(element, scene, number) ?? scene;
  return scene;
}

function refresh(element, say) {
  const last = told(element).at(-1);
  const begun = told(element).length > 1;
  element.querySelector("[data-back]").hidden = !begun;
  element.querySelector("[data-restart]").hidden = !begun;
  const ending = ended(element) ? last.querySelector(".pw-ending").textContent.trim() : "";
  element.querySelector("[data-outcome]").textContent = ending ? say("story_ended", { ending }) : "";
}

// A scene and its ways, by the letters that reports have for them.
function sceneInWords(scene) {
  const said = ways(scene).map((way, number) => `(${String.fromCharCode(97 + number)}) ${wordsOf(way)}`);
  return [wordsOf(scene.querySelector("[data-scene-text]")), ...said].join(" ");
}

// [scene, way] of each step, both by their numbers; a way that a scene does not have leads nowhere.
function stepsOf({ scenes: all }, numbers) {
  let place = 0;
  const steps = [];
  for (const number of numbers) {
    const leads = all[place].leads[number];
    if (leads === undefined) continue;
    steps.push([place, number]);
    place = leads;
  }
  return steps;
}

export const scenario = {
  // `leads`: for each way of a scene the number of the scene that it leads to.
  question(element) {
    const names = scenes(element).map((scene) => scene.dataset.scene);
    return { scenes: scenes(element).map((scene) => ({ leads: ways(scene).map(({ dataset }) => names.indexOf(dataset.leads)) })) };
  },
  given: path,
  mount(element, unit, changed) {
    element.querySelector("[data-scenes]").hidden = true;
    begin(element, []);
    const move = (scene) => {
      refresh(element, unit.say);
      scene.querySelector("[data-scene-text]").focus();
      changed({ checked: ended(element) });
    };
    element.addEventListener("click", ({ target }) => {
      const way = target.closest("[data-story] [data-way]");
      if (way) move(take(element, way.closest("[data-scene]"), Number(way.dataset.way)));
      if (target.closest("[data-back]")) move(begin(element, path(element).slice(0, -1)));
      if (target.closest("[data-restart]")) move(begin(element, []));
    });
  },
  show(element, numbers, say) {
    begin(element, numbers ?? []);
    refresh(element, say);
  },
  missing: () => null,
  mark: () => ({ points: null, said: ["kept"] }),
  reveal() {},
  hide() {},
  wording(element) {
    const first = element.querySelector(".pw-intro") ?? scenes(element)[0].querySelector("[data-scene-text]");
    return { question: wordsOf(first), parts: { steps: scenes(element).map(sceneInWords) } };
  },
  interactions(question, numbers) {
    return [{ type: "performance", response: stepsOf(question, numbers), result: "neutral" }];
  },
};
