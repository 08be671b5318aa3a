// Saves by itself what somebody writes, and loses none of it: not on a broken line, a failing server, an ended
// session, a closed tab or a second window. A copy stays in this browser until the server has confirmed the text.

import { Drafts } from "./_drafts.js";
import { whenLeaving } from "./_parting.js";
import { putJson } from "./_request.js";

const LONGEST_WAIT = 15000; // milliseconds between two tries
const LARGEST_PARTING = 60000; // characters; browsers take 64 KiB from a page that is closing
const REMEMBERED = 5; // texts on their way whose arrival is unknown

/**
 * Start saving, once `draftsReady` (_drafts.js) has come. Options:
 *   url         where the text is PUT as JSON: what `read()` gives, and `version`
 *   read        () => object: the text as it stands, for example {text: "…"}
 *   given       () => object: the text as the server gave it, where somebody may have written before this script came
 *   write       (object) => void: puts a text back on the page
 *   version     the version that the page was made from
 *   key         names the text in this browser; holds the user's and the thing's id
 *   onState     (state, {at, reason}) => void; see _save_state.js for the states
 *   onConflict  ({mine, theirs, who, at}) => Promise<{choice: "mine"|"theirs"|"merged", value}>
 *   onRestore   (Date) => void: a text that had not reached the server was put back
 *   watch       an element whose `input` and `focusout` events mean "changed" and "left"
 *   delay       milliseconds between a change and its save
 *   patience    milliseconds until a save counts as lost
 */
export function autosave(options) {
  const saver = new Autosave(options);
  saver.start();
  return saver;
}

export class Autosave {
  #options;
  #drafts;
  #confirmed;
  #version;
  #sent = [];
  /** @type {Promise<void> | null} */
  #flight = null; // the save that is on its way
  #timer = 0;
  #failures = 0;
  #over = false;
  #kept = true;
  /** @type {[string, object]} */
  #said = ["nothing", {}];
  #keeping = Promise.resolve();
  #halted = ""; // "", "conflict" or "ended": typing is kept, nothing is sent
  #state = "nothing";
  #ears = new AbortController();

  constructor(options) {
    this.#options = { delay: 2000, patience: 20000, onState: () => {}, onRestore: () => {}, ...options };
    this.#drafts = new Drafts(options.key);
    this.#kept = this.#drafts.works;
    this.#version = options.version;
    this.#confirmed = options.given ? JSON.stringify(options.given()) : this.#text();
  }

  get state() { return this.#state; }
  get version() { return this.#version; }
  /** Whether there is text that the server has not confirmed. */
  get dirty() { return this.#text() !== this.#confirmed; }

  start() {
    const { signal } = this.#ears;
    const { watch } = this.#options;
    watch?.addEventListener("input", () => this.changed(), { signal });
    watch?.addEventListener("focusout", () => this.flush(), { signal });
    window.addEventListener("online", () => this.flush(), { signal });
    window.addEventListener("blur", () => this.flush(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.#part(), { signal });
    window.addEventListener("beforeunload", (event) => this.#warn(event), { signal });
    whenLeaving(() => this.#leave(), signal);
    document.addEventListener("pw:finished", () => this.#forget(), { signal });
    watch?.closest("form")?.setAttribute("data-pw-saves-itself", "");
    this.#restore();
  }

  /** Stop listening, for example once the piece is submitted. Flush first. */
  stop() {
    this.#ears.abort();
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  /** To be called after every change. */
  changed() {
    if (!this.dirty && !this.#flight) return this.#settled();
    this.#keep();
    if (this.#halted) return this.#say(this.#halted);
    this.#sayPending();
    if (!this.#timer) this.#later(this.#options.delay);
  }

  /** Save now; resolves to whether the server has everything. */
  async flush({ parting = false } = {}) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#flight) await this.#flight;
    if (this.#halted || !this.dirty) return !this.dirty;
    this.#flight ??= this.#save(parting).finally(() => { this.#flight = null; });
    await this.#flight;
    return !this.dirty;
  }

  /** Show a newer version of the server's; false, and nothing touched, where something is being written. */
  adopt(value, version) {
    if (this.dirty || this.#flight || this.#halted) return false;
    this.#options.write(value);
    this.#confirmed = this.#text();
    this.#version = version;
    return true;
  }

  async #save(parting) {
    const { url, read, patience } = this.#options;
    const value = read();
    const text = JSON.stringify(value);
    this.#sent = [...this.#sent.filter((one) => one !== text), text].slice(-REMEMBERED);
    this.#keep();
    this.#sayPending();
    const keepalive = parting && text.length < LARGEST_PARTING;
    const answer = await putJson(url, { ...value, version: this.#version }, { keepalive, patience });
    this[`_${answer.outcome}`](answer, text);
  }

  _saved({ body }, text) {
    this.#confirm(text, body.version, body.saved_at);
    if (this.dirty) this.changed();
  }

  _conflict({ body }) {
    const { version, who, at, ...theirs } = body.current;
    const text = this.#alike(theirs);
    if (this.#sent.includes(text)) {
      // Our own text: it had arrived, only the answer was lost.
      this.#confirm(text, version, at);
      if (this.dirty) this.changed();
    } else {
      this.#ask({ theirs: JSON.parse(text), version, who, at });
    }
  }

  _ended() {
    this.#halt("ended");
    document.dispatchEvent(new Event("pw:ended"));
  }

  _refused({ body }) { this.#say("refused", { reason: body.meaning ?? body.title ?? "" }); }

  _blocked() { this.#say("blocked"); }

  _oversized() { this.#say("oversized"); }

  _unreachable({ retryAfter }) {
    const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    this.#say("kept");
    this.#later(Math.max(wait, retryAfter * 1000));
  }

  /** Two versions: the writer chooses; until then typing is kept and nothing is sent. */
  async #ask({ theirs, version, who = "", at = null }) {
    const { read, write, onConflict } = this.#options;
    this.#halt("conflict");
    const { choice, value } = await onConflict({ mine: read(), theirs, who, at });
    this.#halted = "";
    this.#confirm(JSON.stringify(theirs), version, at);
    if (choice !== "mine") write(choice === "theirs" ? theirs : value);
    this.changed();
  }

  #restore() {
    const draft = this.#drafts.leftBehind();
    if (!draft) {
      if (this.dirty) this.changed();
      return;
    }
    const wrote = JSON.stringify(draft.value);
    const known = draft.version === this.#version || (draft.sent ?? []).includes(this.#confirmed);
    if (wrote !== this.#confirmed) {
      const theirs = JSON.parse(this.#confirmed);
      this.#options.write(draft.value);
      this.#keep();
      if (known) this.#options.onRestore(new Date(draft.at));
      else this.#ask({ theirs, version: this.#version });
    }
    this.#drafts.forget(draft.name);
    this.changed();
  }

  /** The page is to go: {saved, kept} says whether the server has everything, and whether this browser has a copy. */
  async #leave() {
    const saved = await this.flush();
    await this.#keeping;
    return { saved, kept: saved || this.#kept };
  }

  /** The writer is done at this computer, and whatever was not sent is to go. */
  #forget() {
    this.stop();
    this.#over = true;
    this.#drafts.drop();
  }

  #part() {
    if (this.dirty) this.flush({ parting: true });
  }

  #warn(event) {
    if (this.dirty && !this.#kept) event.preventDefault();
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), milliseconds);
  }

  #keep() {
    if (this.#over) return;
    const draft = { value: this.#options.read(), version: this.#version, sent: this.#sent };
    this.#keeping = this.#drafts.keep(draft).then((kept) => {
      if (kept === this.#kept) return;
      this.#kept = kept;
      this.#say(...this.#said);
    });
  }

  #confirm(text, version, at) {
    this.#confirmed = text;
    this.#version = version;
    this.#sent = [];
    this.#failures = 0;
    if (!this.dirty) this.#drafts.drop();
    this.#say("saved", { at: at ? new Date(at) : new Date() });
  }

  #settled() {
    this.#drafts.drop();
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#halted !== "conflict" && this.#state !== "saved") this.#say("nothing");
  }

  #halt(why) {
    this.#halted = why;
    this.#keep();
    this.#say(why);
  }

  // While it is tried again it goes on saying that it is kept: what moved on the page might not be hit by a click.
  #sayPending() { this.#say(this.#failures ? "kept" : "saving"); }

  #say(state, detail = {}) {
    const spoken = { kept: "unkept", ended: "ended-unkept" };
    this.#said = [state, detail];
    this.#state = this.#kept ? state : spoken[state] ?? state;
    this.#options.onState(this.#state, detail);
  }

  #text() { return JSON.stringify(this.#options.read()); }

  /** The server's version with the names, and in the order, that `read()` uses. */
  #alike(object) {
    return JSON.stringify(Object.fromEntries(Object.keys(this.#options.read()).map((name) => [name, object[name]])));
  }
}
