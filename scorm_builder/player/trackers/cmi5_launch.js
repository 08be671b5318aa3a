// How a cmi5 launch begins: the address's parameters, the one-time token (cmi5, section 8).

import { SaveFailed } from "../tracker.js";
import { requestFailed } from "./xapi.js";

const NEEDED = ["endpoint", "fetch", "actor", "registration", "activityId"];
const PATIENCE = [1000, 2000, 4000]; // milliseconds between tries, where the other side is only busy

// The launch's parameters, or null where this is no cmi5 launch.
export function readLaunch(address = window.location) {
  const query = new URLSearchParams(address.search);
  const found = Object.fromEntries(NEEDED.map((name) => [name, query.get(name) ?? ""]));
  if (NEEDED.some((name) => !found[name])) return null;
  try {
    return { ...found, endpoint: found.endpoint.replace(/\/?$/, "/"), actor: JSON.parse(found.actor) };
  } catch {
    return null;
  }
}

// The token is given once, by POST: a launch that was used before is over.
export async function fetchToken(launch, request) {
  const answer = await request(launch.fetch, { method: "POST" }).catch(() => {
    throw new SaveFailed();
  });
  const { "auth-token": token } = await answer.json().catch(() => ({}));
  if (token) return token;
  const busy = answer.status === 429 || answer.status >= 500;
  throw new SaveFailed("", { ended: !busy, pause: requestFailed(answer).pause });
}

// Tries again while the other side is away or busy; what it refuses stays refused.
export async function patiently(attempt) {
  for (const pause of PATIENCE) {
    try {
      return await attempt();
    } catch (failure) {
      if (failure.ended) throw failure;
      await new Promise((resume) => setTimeout(resume, Math.min(Math.max(pause, failure.pause ?? 0), 10000)));
    }
  }
  return attempt();
}
