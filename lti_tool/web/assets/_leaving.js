// Leaving a computer that others use too: the button "I am done here", the pages that close when nobody is there, and
// those of somebody who is gone in the other windows of this browser.

import { confirmWith } from "./_dialogs.js";
import { draftsLeft, dropDrafts } from "./_drafts.js";
import { askAll } from "./_parting.js";
import { lastTouched } from "./_presence.js";
import { requestHeaders } from "./_request.js";
import { stopSealing } from "./_sealing.js";
import { forget } from "./_tab_memory.js";

const ROUND = 15000; // milliseconds between two looks at the clock: a computer that slept has no timers
const TELL = 5 * 60000; // how old the server's knowledge may be that somebody is there
const WARNING = 5 * 60; // seconds before the end
const PATIENCE = 15000;
const FORGOTTEN = ["SessionFinished", "PersonErased"]; // what was typed and not sent goes, too
const CLOSING = ["SessionFinished", "SessionTakenOver", "SessionLeftIdle", "RightsEnded", "ClosedFromElsewhere", "PersonErased"];

export function closeWhenLeft() {
  const session = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="pw-session"]'));
  if (session) new Leaving(session).begin();
}

class Leaving {
  #url;
  #person;
  #learner;
  #asking = false;
  #ends = Infinity; // when the pages close if nobody does anything, in milliseconds since 1970
  #warning = WARNING;
  #told = Date.now();
  #closing = false;
  #dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("pw-idle"));
  #channel = openChannel();

  constructor({ content, dataset }) {
    this.#url = content;
    this.#person = dataset.person;
    this.#learner = dataset.playerName;
  }

  begin() {
    // The browser may have kept the page of somebody who has left; nobody sees it before it has come anew.
    window.addEventListener("pagehide", ({ persisted }) => { if (persisted) document.documentElement.dataset.looking = ""; });
    window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
    document.addEventListener("visibilitychange", () => document.hidden || this.#ask());
    window.addEventListener("focus", () => this.#look());
    document.addEventListener("pw:ended", () => this.#ask());
    this.#dialog?.addEventListener("close", () => this.#ask());
    this.#channel?.addEventListener("message", ({ data }) => data !== `here:${this.#person}` && this.#ask());
    this.#say(`here:${this.#person}`);
    document.querySelector("[data-pw-done]")?.addEventListener("submit", (event) => this.#finish(event));
    setInterval(() => this.#look(), ROUND);
    this.#ask();
  }

  #look() {
    const now = Date.now();
    const isNear = now >= this.#ends - this.#warning * 1000;
    const isNews = lastTouched() > this.#told && now > this.#told + TELL;
    if (isNear ? !this.#dialog?.open || now >= this.#ends : isNews) this.#ask();
  }

  /** How long there is, and whether these pages are still this person's. */
  async #ask() {
    if (this.#asking || this.#closing) return;
    this.#asking = true;
    try {
      const response = await fetch(this.#url, { headers: requestHeaders(), signal: AbortSignal.timeout(PATIENCE) });
      await this.#answered(response.ok, await response.json());
    } catch {
      // No connection, or somebody else's page: the next round asks again.
    }
    this.#asking = false;
  }

  async #answered(isOpen, body) {
    if (!isOpen) return CLOSING.includes(body.error) && this.#close(FORGOTTEN.includes(body.error));
    this.#told = Date.now();
    this.#ends = this.#told + body.seconds * 1000;
    this.#warning = Math.min(WARNING, body.limit / 3);
    const warn = body.seconds <= this.#warning;
    if (warn && !this.#dialog?.open) this.#dialog?.showModal();
    if (!warn && this.#dialog?.open) this.#dialog.close();
  }

  /** The server shows these pages to nobody any more: what stands here goes, once what was typed is kept. */
  async #close(isForgotten) {
    this.#closing = true;
    if (isForgotten) return this.#forgetAll().then(() => window.location.reload());
    const parts = await askAll({ isSure: true });
    if (parts.every(({ kept }) => kept)) window.location.reload();
    else this.#dialog?.close();
  }

  async #forgetAll() {
    document.dispatchEvent(new Event("pw:finished"));
    await dropDrafts(this.#learner);
    stopSealing();
    forget(window.location.href);
  }

  async #finish(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    if (await this.#mayGo()) await this.#go(form);
    form.removeAttribute("aria-busy");
  }

  async #mayGo() {
    const parts = await askAll({ isSure: false });
    if (parts.every(({ saved }) => saved) && !(await draftsLeft(this.#learner))) return true;
    return confirmWith(document.getElementById("pw-done-sure"));
  }

  async #go(form) {
    const sent = await send(form).catch(() => false);
    form.querySelector("[data-unreached]").hidden = sent;
    if (!sent) return;
    this.#closing = true;
    await this.#forgetAll();
    this.#say("done");
    window.location.replace(form.dataset.pwDone);
  }

  #say(words) { this.#channel?.postMessage(words); }
}

/** Whether the server has closed the pages, now or before. */
async function send(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const response = await fetch(form.action, { method: "POST", headers: requestHeaders(), body, signal: AbortSignal.timeout(PATIENCE) });
  return response.ok || Boolean((await response.json()).session_ended);
}

// A page that a tab puts in the place of another (_put_in_place.js) is in the same window.
function openChannel() {
  const here = /** @type {any} */ (window);
  here.partnerwiseChannel?.close();
  try {
    here.partnerwiseChannel = new BroadcastChannel("partnerwise");
  } catch {
    here.partnerwiseChannel = null; // barred here; coming back to a page asks as well
  }
  return /** @type {BroadcastChannel | null} */ (here.partnerwiseChannel);
}
