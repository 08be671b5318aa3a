// Requests to an LRS (xAPI 1.0.3, Communication): statements, state, agent profile.

import { SaveFailed } from "../tracker.js";
import { outlasts } from "./outlasting.js";

const LONGEST_ANSWER = 15000; // milliseconds: an LRS that is silent for longer is away
const LONGEST_PAUSE = 600000; // milliseconds, whatever an answer asks for
const BUSY = [429, 503];

// What a request's answer means where it is no success. After a 5xx nobody knows whether it was taken.
export function requestFailed({ status, headers }) {
  const seconds = Math.max(0, Number(headers.get("Retry-After")) || 0);
  const pause = Math.min(seconds * 1000, LONGEST_PAUSE);
  return new SaveFailed("", { ended: status === 401 || status === 403, pause, refused: status < 500, busy: BUSY.includes(status) });
}

// Sends a request; what takes too long is given up, and may have arrived.
export async function ask(request, address, options) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), LONGEST_ANSWER);
  try {
    // What is read belongs to this moment: an answer out of the browser's cache may be of an earlier session.
    return await request(address, { cache: "no-store", ...options, signal: waiting.signal });
  } catch {
    throw new SaveFailed("", { silent: waiting.signal.aborted });
  } finally {
    clearTimeout(timer);
  }
}

export function createLrs(launch, token, request) {
  const fixed = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };
  let underWay = 0;

  /**
   * @param {string} method
   * @param {string} path
   * @param {{ body?: any, headers?: any, expected?: (status: number) => boolean }} options
   */
  async function talk(method, path, { body, headers = {}, expected = () => false } = {}) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const kind = text === undefined ? {} : { "Content-Type": "application/json" };
    const options = { method, headers: { ...fixed, ...kind, ...headers }, body: text, keepalive: outlasts(text) };
    underWay += 1;
    try {
      const response = await ask(request, launch.endpoint + path, options);
      if (response.ok || expected(response.status)) return response;
      throw requestFailed(response);
    } finally {
      underWay -= 1;
    }
  }

  const address = (resource, values) => `${resource}?${new URLSearchParams(values)}`;
  const agent = JSON.stringify(launch.actor);
  const { activityId, registration } = launch;
  const state = (stateId) => address("activities/state", { stateId, activityId, agent, registration });
  const tags = {}; // of each state as the LRS has it: null where there is none, undefined where it did not say
  let guards = false; // whether the LRS refuses who does not name the tag of what is there

  async function read(path) {
    const response = await talk("GET", path, { expected: (status) => status === 404 });
    return response.ok ? { value: await response.json().catch(() => null), tag: response.headers.get("ETag") ?? undefined } : {};
  }

  async function readState(name) {
    const { value = null, tag = value === null ? null : undefined } = await read(state(name));
    tags[name] = tag;
    return value;
  }

  async function put(name, body, expected) {
    const tag = tags[name];
    const named = tag ? { "If-Match": tag } : tag === null ? { "If-None-Match": "*" } : {};
    const headers = guards ? named : {}; // Who does not ask for them may not let them through, either.
    const answer = await talk("PUT", state(name), { body, headers, expected });
    if (answer.ok) tags[name] = answer.headers.get("ETag") ?? undefined;
    return answer.ok;
  }

  return {
    readState,
    readPreferences: () => read(address("agents/profile", { profileId: "cmi5LearnerPreferences", agent })),
    // Whether a request is on its way, or its answer.
    isBusy: () => underWay > 0,
    // An LRS that guards against overwriting asks for the tag of what is there: `join(theirs)` gives what to write then.
    // `value.at` names what is written.
    async writeState(name, value, join) {
      if (!(await put(name, value, (status) => status === 409 || status === 412))) {
        guards = true;
        const theirs = await readState(name);
        await put(name, theirs ? join(theirs) : value);
      }
      if (!guards || tags[name] !== undefined) return;
      // The next save may be the last, which has no time to ask. Another window may have saved since.
      const there = await readState(name);
      if (there && there.at !== value.at) join(there);
    },
    // Says what became of statements, of which an LRS takes all or none: "taken"; "known", where it has one of them
    // already; "refused". What it may have taken, or will take later, is thrown.
    async send(statements) {
      const expected = (status) => status >= 400 && status < 500 && status !== 401 && status !== 408 && !BUSY.includes(status);
      const { ok, status } = await talk("POST", "statements", { body: statements, expected });
      return ok ? "taken" : status === 409 ? "known" : "refused";
    },
    // Whether the LRS has a statement; null where it does not tell.
    async has({ id }) {
      const { ok, status } = await talk("GET", address("statements", { statementId: id }), { expected: (code) => code < 500 });
      return ok || (status === 404 ? false : null);
    },
  };
}
