// What every request of ours carries, and what its answer amounts to.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

/** What shows whose page this is where the browser keeps no cookies (see tab.js); nothing elsewhere. */
export function proofHeaders() {
  return window.partnerwise?.requestHeaders?.() ?? {};
}

/** The headers that the tool expects of a fetch from one of its pages. */
export function requestHeaders() {
  return { Accept: "application/json", "X-CSRFToken": meta("csrf-token"), ...proofHeaders() };
}

/**
 * Send one JSON object by PUT and say what became of it, in one word:
 * `saved`, `conflict` (409 with the other version), `ended` (the session), `refused` (no use trying again
 * with the same text) or `unreachable` (try later). Never throws.
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

function outcomeOf(status, body) {
  if (status >= 200 && status < 300) return body && "version" in body ? "saved" : "unreachable";
  if (status === 409 && body?.current) return "conflict";
  if (status === 401 || status === 403) return "ended";
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) return "refused";
  return "unreachable";
}
