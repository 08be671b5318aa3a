// Forms that do not save by themselves: what was typed into one is kept when the page closes because nobody is there, and
// is back when the same person opens that page again.

import { Drafts, draftsReady } from "./_drafts.js";
import { givenValue } from "./_given.js";
import { whenLeaving } from "./_parting.js";

const TYPED = 'input:not([type="hidden"], [type="file"], [type="password"]), textarea, select';

export async function keepForms() {
  await draftsReady;
  const all = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("form[method=post]")]);
  const forms = all.map((form) => new KeptForm(form, all.filter(({ action }) => action === form.action).indexOf(form)));
  for (const form of forms) {
    whenLeaving((isSure) => form.keep(isSure));
    form.putBack();
  }
}

class KeptForm {
  #form;
  #drafts;

  constructor(form, number) {
    const { place, person } = document.querySelector('meta[name="pw-session"]')?.dataset ?? {};
    const [, , , ...path] = new URL(form.action).pathname.split("/"); // without the launch
    this.#form = form;
    this.#drafts = new Drafts(`form:${place}:${person}:${path.join("/")}:${number}`);
  }

  async keep(isSure) {
    const value = this.#changed();
    if (!value.length || "pwSavesItself" in this.#form.dataset) return { saved: true, kept: true };
    return { saved: false, kept: isSure && (await this.#drafts.keep({ value })) };
  }

  putBack() {
    const draft = this.#drafts.leftBehind();
    if (!draft) return;
    const controls = this.#controls();
    for (const { number, name, value, checked } of draft.value) {
      const control = controls[number];
      if (control?.name !== name) continue;
      if (typeof checked === "boolean") control.checked = checked;
      else control.value = value;
      for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    this.#drafts.forget(draft.name);
    const told = document.getElementById("pw-put-back");
    if (told) {
      this.#form.before(told);
      told.hidden = false;
    }
  }

  #controls() { return [...this.#form.querySelectorAll(TYPED)]; }

  #changed() {
    return this.#controls().map(asTyped).filter(({ isChanged }) => isChanged);
  }
}

function asTyped(control, number) {
  const { name, type, value, checked } = control;
  if (type === "checkbox" || type === "radio") return { number, name, checked, isChanged: checked !== control.defaultChecked };
  return { number, name, value, isChanged: value !== givenValue(control) };
}
