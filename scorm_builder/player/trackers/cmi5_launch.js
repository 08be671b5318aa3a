// How a cmi5 launch begins: the address's parameters, the one-time token, what the LMS says of the launch (cmi5, sections
// 8 and 10).

import { SaveFailed } from "../tracker.js";
import { ask, requestFailed } from "./xapi.js";

export const SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
const NEEDED = ["endpoint", "fetch", "actor", "registration", "activityId"];
const PATIENCE = [1000, 2000, 4000]; // milliseconds between tries, where the other side is only busy
const LONGEST_WAIT = 10000; // milliseconds, while somebody waits for the page

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
  const answer = await ask(request, launch.fetch, { method: "POST" });
  const { "auth-token": token } = await answer.json().catch(() => ({}));
  if (token) return token;
  const busy = answer.status === 429 || answer.status >= 500;
  throw new SaveFailed("", { ended: !busy, pause: requestFailed(answer).pause });
}

// What the LMS has written before the launch. Without the session's name no statement can be made (cmi5, section 9.6.3.1).
export async function readLaunchData(lrs) {
  const data = await lrs.readState("LMS.LaunchData");
  if (data?.contextTemplate?.extensions?.[SESSION]) return data;
  throw new SaveFailed("", { condition: "no_launch_data" });
}

// Tries again while the other side is away or busy; what it refuses stays refused, and who does not answer at all is not
// asked again while somebody waits. `attempt` is told how often it was tried.
export async function patiently(attempt) {
  for (const [times, pause] of PATIENCE.entries()) {
    try {
      return await attempt(times);
    } catch (failure) {
      if (failure.ended || failure.silent) throw failure;
      await new Promise((resume) => setTimeout(resume, Math.min(Math.max(pause, failure.pause ?? 0), LONGEST_WAIT)));
    }
  }
  return attempt(PATIENCE.length);
}
