// The author's page: plays the course as it stands, follows every save, and shows what each format's LMS keeps.

import { createCmi5 } from "./_cmi5.js";
import { allowModules, showCourse, showMistakes, showTime } from "./_course_view.js";
import { forgetKept, readKept, writeKept } from "./_kept.js";
import { drawPanel } from "./_panel.js";
import { createScorm } from "./_scorm.js";
import { createStage } from "./_stage.js";
import { language, languages } from "./_words.js";

const form = document.querySelector("[data-choices]");
const frame = document.querySelector("[data-frame]");
const stage = createStage(frame);
const choice = { format: "scorm12", unit: "", width: "full", ...readKept("choice") };
/** @type {any} */
let course = null;
let shown = ""; // the version of the course that is on the page
/** @type {any} */
let lms = null; // what createScorm or createCmi5 gives
let heard = 0;
let working = Promise.resolve();

// One thing after the other: a save may come while a visit still begins.
const then = (work) => {
  working = working.then(work).catch((failure) => console.error(failure));
};

const recordName = () => `${choice.format}:${language}:${choice.unit}`;
const chosen = () => course.modules.flatMap((module) => [module, ...module.units]).find(({ id }) => choice.unit.endsWith(`/${id}`));

/** @param {{ place?: any, forget?: boolean }} how */
async function play({ place = null, forget = false } = {}) {
  if (!choice.unit) return;
  await stage.leave();
  lms?.close();
  if (forget) forgetKept(recordName());
  const { mastery } = chosen();
  const draw = () => drawPanel(lms.facts(), mastery);
  const visit = { format: choice.format, name: recordName(), mastery, language, changed: () => lms && draw() };
  if (choice.format === "cmi5") lms = createCmi5({ ...visit, unit: choice.unit.split("/")[1] });
  else lms = createScorm({ ...visit, play: `/play/${language}/${choice.format}/${choice.unit}/` });
  const address = await lms.open();
  draw();
  await stage.open(address, place);
}

async function readCourse() {
  const found = await (await window.fetch(`/course/${language}`)).json();
  if (found.version === shown) return;
  shown = found.version;
  showMistakes(found.mistakes);
  showTime(Date.now());
  if (found.mistakes.length) return;
  if (found.language !== language || String(found.languages) !== String(languages)) {
    window.location.replace(`/?language=${found.language}`);
    return;
  }
  course = found;
  showCourse(course, choice.unit);
  choose();
  await play({ place: stage.place() });
}

// What the form says, and what goes with it.
function choose() {
  allowModules(form.elements.format.value !== "cmi5");
  Object.assign(choice, { format: form.elements.format.value, unit: form.elements.unit.value, width: form.elements.width.value });
  frame.dataset.width = choice.width;
  writeKept("choice", choice);
}

form.addEventListener("change", ({ target }) => {
  if (target.name === "language") {
    window.location.assign(`/?language=${target.value}`);
    return;
  }
  choose();
  if (target.name !== "width") then(() => play());
});
document.querySelector("[data-resume]").addEventListener("click", () => then(() => play()));
document.querySelector("[data-again]").addEventListener("click", () => then(() => play({ forget: true })));

form.elements.format.value = choice.format;
form.elements.width.value = choice.width;
const changes = new EventSource("/changes");
const stopped = document.querySelector("[data-stopped]");
changes.addEventListener("message", ({ data }) => {
  const news = JSON.parse(data);
  if (news.course !== shown) then(readCourse);
  if (news.told !== heard) then(() => lms?.refresh());
  heard = news.told;
});
changes.addEventListener("open", () => { stopped.hidden = true; });
changes.addEventListener("error", () => { stopped.hidden = false; });
