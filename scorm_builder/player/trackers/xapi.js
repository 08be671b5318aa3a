// Requests to an LRS (xAPI 1.0.3, Communication): statements, state, agent profile.

import { SaveFailed } from "../tracker.js";
import { outlasts } from "./outlasting.js";

// What a request's answer means where it is no success.
export function requestFailed({ status, headers }) {
  const seconds = Number(headers.get("Retry-After")) || 0;
  return new SaveFailed("", { ended: status === 401 || status === 403, pause: seconds * 1000 });
}

export function createLrs(launch, token, request) {
  const fixed = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };

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
  const read = async (path) => {
    const response = await talk("GET", path, { expected: [404] });
    return response.ok ? { value: await response.json().catch(() => null), tag: response.headers.get("ETag") } : {};
  };
  return {
    readState: async (name) => (await read(state(name))).value ?? null,
    readPreferences: () => read(address("agents/profile", { profileId: "cmi5LearnerPreferences", agent })),
    // An LRS that guards against overwriting asks for the tag of what is there: `merge(theirs)` gives what to write then.
    async writeState(name, value, merge) {
      const answer = await talk("PUT", state(name), { body: value, expected: [409, 412] });
      if (answer.ok) return;
      const { value: theirs, tag } = await read(state(name));
      const headers = tag ? { "If-Match": tag } : { "If-None-Match": "*" };
      await talk("PUT", state(name), { body: theirs ? merge(theirs) : value, headers });
    },
    // An LRS that lets nobody look is taken to have it: what ends a session is sent together with the state.
    hasStatement: async (statementId) =>
      (await talk("GET", address("statements", { statementId }), { expected: [400, 401, 403, 404, 405, 501] })).status !== 404,
    // 409: the LRS has these statements already.
    send: (statements) => talk("POST", "statements", { body: statements, expected: [409] }),
  };
}
