// How a cmi5 launch begins: the address's parameters, the one-time token, and talk with the LRS (cmi5, sections 8 and 10).

import { SaveFailed } from "../tracker.js";

const NEEDED = ["endpoint", "fetch", "actor", "registration", "activityId"];

// The launch's parameters, or null where this is no cmi5 launch.
export function readLaunch(address = window.location) {
  const query = new URLSearchParams(address.search);
  const found = Object.fromEntries(NEEDED.map((name) => [name, query.get(name)]));
  if (NEEDED.some((name) => !found[name])) return null;
  try {
    return { ...found, endpoint: found.endpoint.replace(/\/?$/, "/"), actor: JSON.parse(found.actor) };
  } catch {
    return null;
  }
}

// Requests to the LRS. The token is fetched once, by POST: a second request would be refused.
export async function connect(launch, request = (...args) => window.fetch(...args)) {
  const answer = await request(launch.fetch, { method: "POST" });
  const { "auth-token": token } = await answer.json();
  if (!token) throw new SaveFailed();
  const headers = { Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3" };

  async function talk(method, path, body) {
    const options = { method, headers: { ...headers }, keepalive: method !== "GET" };
    if (body !== undefined) {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    let response;
    try {
      response = await request(launch.endpoint + path, options);
    } catch {
      throw new SaveFailed();
    }
    // 409: the LRS has these statements already.
    if (response.ok || response.status === 409) return response;
    if (response.status === 404 && method === "GET") return null;
    throw new SaveFailed("", { ended: response.status === 401 || response.status === 403 });
  }

  const json = async (response) => (response ? response.json().catch(() => null) : null);
  const state = (name) =>
    `activities/state?${new URLSearchParams({
      stateId: name,
      activityId: launch.activityId,
      agent: JSON.stringify(launch.actor),
      registration: launch.registration,
    })}`;
  const preferences = new URLSearchParams({ profileId: "cmi5LearnerPreferences", agent: JSON.stringify(launch.actor) });
  return {
    readState: async (name) => json(await talk("GET", state(name))),
    writeState: (name, value) => talk("PUT", state(name), value),
    readPreferences: async () => json(await talk("GET", `agents/profile?${preferences}`)),
    send: (statements) => talk("POST", "statements", statements),
  };
}
