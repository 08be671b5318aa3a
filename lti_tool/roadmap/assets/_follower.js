// Asks every few seconds what has changed in the map: slower in a hidden window, and ever slower without an answer.

import { requestHeaders } from "../../web/assets/_request.js";

const QUICK = 3000; // milliseconds between two questions
const HIDDEN = 15000;
const LONGEST = 30000;
const PATIENCE = 15000;
const SILENT_FAILURES = 1; // a single lost answer is no news

/**
 * Follow a map. Options:
 *   url        where the changes are told, with a query of its own or none
 *   revision   the revision that the page was made from
 *   onChanges  (body) => void or a promise: something changed; where it fails, it is told again by the next answer
 *   onState    ("connected"|"offline"|"ended") => void
 */
export class Follower {
  #options;
  #timer = 0;
  #asking = false;
  #failures = 0;
  #ended = false;

  constructor(options) {
    this.#options = options;
    this.revision = options.revision;
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    window.addEventListener("online", () => this.ask());
    window.addEventListener("offline", () => options.onState("offline"));
    this.#later();
  }

  /** Ask now. */
  async ask() {
    clearTimeout(this.#timer);
    if (this.#asking || this.#ended) return;
    this.#asking = true;
    try {
      await this.#answered(await this.#fetch());
    } catch {
      this.#failures += 1;
      if (this.#failures > SILENT_FAILURES) this.#options.onState("offline");
    }
    this.#asking = false;
    this.#later();
  }

  /** Take what the server told, here or in the answer to something else; older news than known is none. */
  async take(body) {
    if (body.revision <= this.revision) return;
    await this.#options.onChanges(body);
    this.revision = Math.max(this.revision, body.revision);
  }

  async #fetch() {
    const url = new URL(this.#options.url, window.location.href);
    url.searchParams.set("since", this.revision);
    return fetch(url, { headers: requestHeaders(), signal: AbortSignal.timeout(PATIENCE) });
  }

  async #answered(response) {
    // Somebody on the way, a firewall say, answers with the same numbers and ends nothing.
    const refused = [401, 403, 404].includes(response.status) && (await response.json().catch(() => null))?.error;
    if (refused) {
      this.#ended = true;
      this.#options.onState("ended");
      return;
    }
    if (!response.ok) throw new Error(`changes: ${response.status}`);
    const body = await response.json();
    this.#failures = 0;
    this.#options.onState("connected");
    await this.take(body);
  }

  #later() {
    clearTimeout(this.#timer);
    if (this.#ended) return;
    const usual = document.hidden ? HIDDEN : QUICK;
    this.#timer = setTimeout(() => this.ask(), Math.min(LONGEST, usual * 2 ** this.#failures));
  }
}
