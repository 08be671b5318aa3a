// A section of the map while it is written in: fields that save by themselves, rows, and what the others do meanwhile.

import { draftsReady } from "../../web/assets/_drafts.js";
import { announce } from "../../web/assets/_messages.js";
import { speakMoment } from "../../web/assets/_moments.js";
import { saveState } from "../../web/assets/_save_state.js";
import { listenForButtons } from "./_buttons.js";
import { Field } from "./_field.js";
import { Follower } from "./_follower.js";
import { note, refreshNotes } from "./_notes.js";
import { Rows } from "./_rows.js";
import { sharedState } from "./_shared_state.js";

class SectionPage {
  form = document.getElementById("pm-section");
  fields = new Map();
  link = "connected";
  own = null; // the row that a button of this window is about

  constructor() {
    this.texts = textsOf(this.form);
    this.key = this.form.dataset.key;
    this.references = JSON.parse(this.form.dataset.references); // rows by kind, as {kind: [[id, title], …]}
    for (const root of this.form.querySelectorAll("[data-pm-field]")) {
      if (!root.closest("[data-pm-row]")) this.#dress(root, saveState(root.querySelector(".pw-save")));
    }
    this.rows = new Rows(this);
    this.follower = new Follower({
      url: `${this.form.dataset.changes}?section=${this.form.dataset.section}`,
      revision: Number(this.form.dataset.revision),
      onChanges: (body) => this.#show(body),
      onState: (state) => this.#connection(state),
    });
    setInterval(refreshNotes, 20000);
    listenForButtons(this);
  }

  fieldUrl(name) { return this.form.dataset.fields.replace("NAME", encodeURIComponent(name)); }
  day(value) { return speakMoment(new Date(value), "date", "UTC"); }
  fieldsIn(card) { return [...this.fields.values()].filter((field) => card.contains(field.control)); }
  saved() {
    this.follower?.ask();
    for (const field of this.fields.values()) field.tryAgain();
  }

  say(words) { document.getElementById("pm-connection").textContent = words; }

  forget(field) {
    field.forget();
    this.fields.delete(field.name);
  }

  /** Save all, or what stands in one card; resolves to whether the server has it. */
  async flush(card = this.form) {
    const done = await Promise.all(this.fieldsIn(card).map((field) => field.saver.flush()));
    return done.every(Boolean);
  }

  dressRow(card) {
    const tell = sharedState(card.querySelector(".pw-save"));
    for (const root of card.querySelectorAll("[data-pm-field]")) this.#dress(root, tell(root.dataset.pmField));
  }

  conflictBox(id) {
    const box = document.getElementById("pm-conflict").content.querySelector("section").cloneNode(true);
    for (const element of [box, ...box.querySelectorAll("*")]) {
      for (const { name, value } of [...element.attributes]) {
        if (value.includes("pm-conflict-ID")) element.setAttribute(name, value.replace("pm-conflict-ID", `${id}-conflict`));
      }
    }
    return box;
  }

  #dress(root, tell) {
    this.fields.set(root.dataset.pmField, new Field(root, this, tell));
  }

  #show(body) {
    this.references = body.references ?? this.references;
    for (const { kind, control } of this.fields.values()) kind.offer(control, this.references);
    if (body.state) sayState(document.getElementById("pm-state"), body.state);
    if (body.picture !== undefined) drawAnew(document.getElementById("pm-picture"), body.picture);
    if (body.rows && !this.rows.arrange(body.rows, this.own)) window.location.reload();
    this.rows.summarise(body.summaries ?? {});
    const shown = (body.fields ?? []).filter((change) => this.fields.get(change.name)?.offer(change));
    for (const { kind, control } of this.fields.values()) kind.retract(control, this.references);
    shown.forEach((change) => this.#noteAtRow(change));
    this.#speak(shown, body.rows && this.own === null);
  }

  #noteAtRow(change) {
    const row = this.fields.get(change.name).control.closest("[data-pm-row]")?.querySelector("[data-pm-row-note]");
    const { changed, myself, justNow, somebody } = this.texts;
    if (row) note(row, change.mine ? myself : changed, { who: change.who || somebody, at: change.at, justNow });
  }

  #speak(shown, rowsMoved) {
    const byOthers = shown.filter((change) => !change.mine);
    const labels = byOthers.map((change) => this.fields.get(change.name).label).join(", ");
    const heard = this.texts.heard.replace("{who}", byOthers[0]?.who || this.texts.somebody).replace("{what}", labels);
    if (byOthers.length) announce(heard);
    else if (rowsMoved) announce(this.texts.heardRows);
  }

  #connection(state) {
    const words = { offline: this.texts.offline, ended: this.texts.ended, connected: "" }[state];
    if (state !== this.link) this.say(words);
    this.link = state;
  }
}

// The same words again are no news to whoever hears them.
function sayState(place, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (wordsOf(fresh.content) !== wordsOf(place)) place.replaceChildren(fresh.content);
}

function wordsOf(node) { return node.textContent.replace(/\s+/g, " ").trim(); }

// The link that holds the focus is the same link in the new picture.
function drawAnew(place, html) {
  const held = place.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  place.innerHTML = html;
  if (held) place.querySelector(`[href="${CSS.escape(held)}"]`)?.focus();
}

function textsOf({ dataset }) {
  const named = Object.entries(dataset).filter(([key]) => key.startsWith("text"));
  return Object.fromEntries(named.map(([key, words]) => [key[4].toLowerCase() + key.slice(5), words]));
}

draftsReady.then(() => new SectionPage());
