// The marking page: saves by itself, and never leaves a piece before its marks have arrived.

import { autosave } from "../../web/assets/_autosave.js";
import { chooseVersion } from "../../web/assets/_conflict.js";
import { speakWhen } from "../../web/assets/_moments.js";
import { saveState } from "../../web/assets/_save_state.js";
import { givenJudgement, openCriteria, readJudgement, showJudgement, writeJudgement } from "./_judgement.js";
import { listenForKeys } from "./_keys.js";
import { keepPressed } from "./_remembered.js";

const form = document.querySelector("[data-judgement]");
const { url, version, key } = form.dataset;

function tell(selector, text) {
  const box = form.querySelector(selector);
  box.hidden = !text;
  box.querySelector("p").textContent = text;
  if (text) box.scrollIntoView({ block: "nearest" });
}

async function choose({ mine, theirs, who, at }) {
  const fill = (element) => showJudgement(form, element, "pwMine" in element.dataset ? mine : theirs);
  const box = document.getElementById("versions");
  const { choice, text } = await chooseVersion(box, { mine: mine.comment, theirs: theirs.comment, who, at, fill });
  return { choice, value: { levels: mine.levels, comment: text } };
}

const saver = autosave({
  url, key,
  version: Number(version),
  read: () => readJudgement(form),
  given: () => givenJudgement(form),
  write: (judgement) => writeJudgement(form, judgement),
  watch: form,
  onState: saveState(document.getElementById("saving")),
  onConflict: choose,
  onRestore: (at) => tell("[data-restored]", form.dataset.textRestored.replace("{time}", speakWhen(at))),
});

form.addEventListener("input", () => tell("[data-problem]", ""));

/** Go to the next or previous piece once the marks of this one have arrived. */
async function walk(where) {
  const link = document.querySelector(`[data-walk="${where}"]`);
  if (link && (await arrived())) window.location.assign(link.href);
}

async function arrived() {
  const all = await saver.flush();
  if (!all) tell("[data-problem]", form.dataset.textUnsaved);
  return all;
}

for (const link of document.querySelectorAll("[data-walk], .pw-back")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !saver.dirty) return;
    event.preventDefault();
    if (await arrived()) window.location.assign(link.href);
  });
}

let onItsWay = false;
form.addEventListener("submit", async (event) => {
  if (onItsWay) return;
  event.preventDefault();
  const { submitter } = event;
  const lacking = problemWith(submitter?.value);
  if (lacking) return tell("[data-problem]", lacking);
  if (!(await arrived())) return;
  form.elements.version.value = saver.version;
  onItsWay = true;
  saver.stop();
  // Not before this event is over: a form that is being submitted ignores a second wish without a word.
  setTimeout(() => form.requestSubmit(submitter));
});

function problemWith(wish) {
  const open = openCriteria(form);
  if ((wish === "release" || wish === "compare") && open.length) return form.dataset.textOpen.replace("{criteria}", open.join(", "));
  if (wish === "return" && !form.elements.comment.value.trim()) {
    form.elements.comment.focus();
    return form.dataset.textComment;
  }
  return "";
}

const changed = (element) => {
  element.dispatchEvent(new Event("change", { bubbles: true }));
  saver.changed();
};
const clear = form.querySelector("[data-clear]");
clear.hidden = false;
clear.addEventListener("click", () => {
  writeJudgement(form, { ...readJudgement(form), levels: {} });
  saver.changed();
  form.querySelector("input[type=radio]").focus();
});
// Whoever knows the rubric by heart sees the names of its levels only.
keepPressed(form.querySelector("[data-brief]"), "rubric-brief", { show: (brief) => form.classList.toggle("pw-desk-brief", brief) });
let everywhere = true;
keepPressed(form.querySelector("[data-figures]"), "figures-everywhere", { fallback: true, show: (on) => { everywhere = on; } });
const finish = () => form.querySelector(`[value="${form.dataset.finish}"]`).click();
listenForKeys(form, { walk, finish, changed, everywhere: () => everywhere });

window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
