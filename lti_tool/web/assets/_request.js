// What every request of ours carries, and what its answer amounts to.

import { secondsAway } from "./_presence.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

/** What shows whose page this is where the browser keeps no cookies (see tab.js); nothing elsewhere. */
export function proofHeaders() {
  return window.partnerwise?.requestHeaders?.() ?? {};
}

/** The headers that the tool expects of a fetch from one of its pages. */
export function requestHeaders() {
  return {
    Accept: "application/json",
    "X-CSRFToken": meta("csrf-token"),
    "X-Partnerwise-Away": String(secondsAway()),
    ...proofHeaders(),
  };
}

/**
 * Send one JSON object by PUT and say what became of it, in one word:
 * `saved`, `conflict` (409 with the other version), `ended` (the session), `refused` (by the tool: no use trying again
 * with the same text), `blocked` (the same by somebody on the way, a firewall say), `oversized` (the same for its
 * length) or `unreachable` (try later). Never throws.
 */
export async function putJson(url, object, { keepalive = false, patience = 20000 } = {}) {
  let response;
  let body;
  try {
    response = await fetch(url, {
      method: "PUT",
      headers: { ...requestHeaders(), "Content-Type": "application/json" },
      body: JSON.stringify(object),
      keepalive,
      signal: AbortSignal.timeout(patience),
    });
    body = await response.json();
  } catch {
    // A page instead of JSON (a proxy's log-in, say) confirms nothing either.
    return { outcome: outcomeOf(response?.status ?? 0, null), body: {}, retryAfter: 0 };
  }
  return { outcome: outcomeOf(response.status, body), body, retryAfter: Number(response.headers.get("Retry-After")) || 0 };
}

// A log-in that somebody on the way demands, and being too early or too often: the same text may pass later.
const PASSING = [401, 407, 408, 425, 429];

function outcomeOf(status, body) {
  if (status >= 200 && status < 300) return body && "version" in body ? "saved" : "unreachable";
  if (status === 409 && body?.current) return "conflict";
  if (body?.session_ended) return "ended";
  if (status < 400 || status >= 500 || PASSING.includes(status)) return "unreachable";
  if (body?.error) return "refused";
  return status === 413 ? "oversized" : "blocked";
}
