// Requests to an LRS (xAPI 1.0.3, Communication): statements, state, agent profile.

import { SaveFailed } from "../tracker.js";
import { outlasts } from "./outlasting.js";

// What a request's answer means where it is no success.
export function requestFailed({ status, headers }) {
  const seconds = Number(headers.get("Retry-After")) || 0;
  return new SaveFailed("", { ended: status === 401 || status === 403, pause: seconds * 1000, refused: true });
}

export function createLrs(launch, token, request) {
  const fixed = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };

  /**
   * @param {string} method
   * @param {string} path
   * @param {{ body?: any, headers?: any, expected?: number[] }} options
   */
  async function talk(method, path, { body, headers = {}, expected = [] } = {}) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const kind = text === undefined ? {} : { "Content-Type": "application/json" };
    const options = { method, headers: { ...fixed, ...kind, ...headers }, body: text, keepalive: outlasts(text) };
    const response = await request(launch.endpoint + path, options).catch(() => {
      throw new SaveFailed();
    });
    if (response.ok || expected.includes(response.status)) return response;
    throw requestFailed(response);
  }

  const address = (resource, values) => `${resource}?${new URLSearchParams(values)}`;
  const agent = JSON.stringify(launch.actor);
  const { activityId, registration } = launch;
  const state = (stateId) => address("activities/state", { stateId, activityId, agent, registration });
  const tags = {}; // of each state as the LRS has it: null where there is none, undefined where it did not say
  let guards = false; // whether the LRS refuses who does not name the tag of what is there

  async function read(path) {
    const response = await talk("GET", path, { expected: [404] });
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
    // An LRS that guards against overwriting asks for the tag of what is there: `join(theirs)` gives what to write then.
    // `value.at` names what is written.
    async writeState(name, value, join) {
      if (!(await put(name, value, [409, 412]))) {
        guards = true;
        const theirs = await readState(name);
        await put(name, theirs ? join(theirs) : value);
      }
      if (!guards || tags[name] !== undefined) return;
      // The next save may be the last, which has no time to ask. Another window may have saved since.
      const there = await readState(name);
      if (there && there.at !== value.at) join(there);
    },
    // Returns whether it took them; 409: it has one of them already.
    send: async (statements) => (await talk("POST", "statements", { body: statements, expected: [409] })).ok,
    // What the LRS may have already. Returns whether it has them now; 400 or 403: it refuses, and nobody knows why.
    async sendAgain(statements) {
      const { ok, status } = await talk("POST", "statements", { body: statements, expected: [400, 403, 409] });
      return ok || status === 409;
    },
  };
}
