// One field of the map: saves by itself, takes in what others wrote where nobody is writing here, and lets the writer
// choose where two wrote at once.

import { autosave } from "../../web/assets/_autosave.js";
import { chooseVersion } from "../../web/assets/_conflict.js";
import { givenValue } from "../../web/assets/_given.js";
import { kindOf } from "./_kinds.js";
import { note, unnote } from "./_notes.js";

export class Field {
  #page;
  #root;
  #note;
  /** @type {any} */
  #offered = null; // as `offer` takes it

  /** `page` gives texts, addresses and the keeper of drafts; `tell` shows the state of the saves. */
  constructor(root, page, tell) {
    this.#root = root;
    this.#page = page;
    this.#note = root.querySelector("[data-pm-note]");
    this.name = root.dataset.pmField;
    this.kind = kindOf(root.dataset.kind);
    this.control = root.querySelector("[data-pm-control]") ?? root.querySelector("[name^='value:']");
    this.kind.dress(this.control, () => page.references);
    this.saver = autosave({
      url: page.fieldUrl(this.name),
      version: Number(root.dataset.version),
      key: `${page.key}-${this.name}`,
      read: () => ({ value: this.#inForm(this.control.value) }),
      given: () => ({ value: this.#inForm(givenValue(this.control)) }),
      write: ({ value }) => this.#write(value),
      watch: this.control,
      onState: (state, detail) => this.#stateChanged(state, detail, tell),
      onConflict: (versions) => this.#choose(versions),
    });
    this.control.addEventListener("focusout", () => setTimeout(() => this.#settle()));
    this.control.addEventListener("keydown", (event) => {
      if (this.kind.oneLine && event.key === "Enter" && !event.isComposing) event.preventDefault();
    });
  }

  get label() { return this.#root.querySelector("[data-pm-label]").textContent.trim(); }
  get busy() { return this.saver.dirty || this.#held; }
  get #held() { return this.control.contains(document.activeElement); }

  /** Somebody saved this field elsewhere: {value, version, who, at, mine}. Gives whether it is shown now. */
  offer(change) {
    this.#mark(change.example);
    if (change.version <= this.saver.version) return false;
    this.#offered = change;
    if (this.#settle()) return true;
    this.#sayWaiting();
    return false;
  }

  forget() { this.saver.stop(); }

  #settle() {
    const change = this.#offered;
    if (!change) return false;
    if (change.version <= this.saver.version) {
      // Our own save came after it, or the writer has chosen.
      this.#offered = null;
      unnote(this.#note);
      return false;
    }
    if (this.#held || !this.saver.adopt({ value: change.value }, change.version)) return false;
    this.#offered = null;
    this.#sayChanged(change);
    return true;
  }

  #stateChanged(state, { reason = "", ...detail }, tell) {
    // Why something was refused stands at the field itself, once.
    this.#sayTrouble(state === "refused" ? reason : "");
    tell(state, detail);
    if (state !== "saved") return;
    this.#page.saved();
    queueMicrotask(() => this.#settle());
  }

  /** What was refused because of another field may fit by now. */
  tryAgain() {
    if (this.kind.dependsOnOthers && this.saver.state === "refused") this.saver.flush();
  }

  #sayTrouble(reason) {
    const box = this.#root.querySelector("[data-pm-trouble]");
    box.hidden = !reason;
    box.querySelector("span").textContent = reason;
    // A group has no such state: the reason is read as its description.
    if (reason && this.control.role !== "group") this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }

  #inForm(value) {
    return this.kind.oneLine ? inOneLine(value) : value;
  }

  #write(value) {
    this.control.value = value;
    // For counters; after the saver has taken note of the value, so that it is no change of ours.
    queueMicrotask(() => this.control.dispatchEvent(new Event("input", { bubbles: true })));
  }

  #sayChanged(change) {
    const { texts } = this.#page;
    note(this.#note, change.mine ? texts.myself : texts.changed, this.#whose(change));
    this.control.classList.remove("pm-fresh");
    void this.control.offsetWidth; // begins the animation anew
    this.control.classList.add("pm-fresh");
  }

  /** Whether what stands here is the example's. */
  #mark(example) {
    const mark = this.#root.querySelector("[data-pm-from]");
    mark.hidden = !example;
    mark.textContent = example ? this.#page.texts.fromExample : "";
  }

  #sayWaiting() {
    const change = this.#offered;
    const { texts } = this.#page;
    this.#note.textContent = "";
    note(this.#note, `${texts.waiting} `, this.#whose(change));
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: texts.look });
    button.className = "btn pw-btn-quiet";
    button.addEventListener("click", () => {
      const shown = Object.assign(document.createElement("span"), { textContent: this.shown(change.value) });
      shown.className = "pm-theirs d-block";
      shown.dir = "auto";
      button.replaceWith(shown);
    });
    this.#note.append(button);
  }

  #whose({ who, at }) {
    return { who: who || this.#page.texts.somebody, at, justNow: this.#page.texts.justNow };
  }

  async #choose({ mine, theirs, who, at }) {
    this.#root.closest("details")?.setAttribute("open", "");
    unnote(this.#note);
    const box = this.#page.conflictBox(this.control.id);
    this.#root.append(box);
    box.querySelector("details").hidden = !this.kind.mergeable;
    const versions = { mine: this.shown(mine.value), theirs: this.shown(theirs.value), who, at };
    const { choice, text } = await chooseVersion(box, versions);
    box.remove();
    (this.control.querySelector("input:not([type=hidden])") ?? this.control).focus();
    const merged = this.#inForm(text);
    return { choice, value: { value: choice === "merged" ? merged : "" } };
  }

  /** A value as people read it. */
  shown(value) {
    if (!value) return this.#page.texts.empty;
    return this.kind.shown(value, { control: this.control, day: (day) => this.#page.day(day) });
  }
}

function inOneLine(text) {
  return text.replace(/\s*\n\s*/g, " ");
}
