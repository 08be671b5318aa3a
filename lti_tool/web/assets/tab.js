// A page whose proof this tab holds: an address cannot carry the proof, so the browser first gets this script, which
// finds the proof and fetches the page with it. Every address therefore works by itself: links, reload, back, forward.
// Where no proof is found, the page beneath says that the session has ended.

import { getData, putData } from "./_platform_storage.js";
import { putInPlace } from "./_put_in_place.js";
import { canRemember, forget, recall, remember } from "./_tab_memory.js";

const PROOF = "X-Partnerwise-Session";
const KEPT = "X-Partnerwise-Kept";
const SLOW = 6000; // milliseconds
const PAUSE = 2000;

const html = document.documentElement;
html.dataset.looking = ""; // hides what stands beneath until it is known that it is needed
document.addEventListener("DOMContentLoaded", open, { once: true });

async function open() {
  const place = document.getElementById("pw-looking");
  place.hidden = false;
  const [proof, kept] = await Promise.all([find("", place.dataset), find(":kept", place.dataset)]);
  if (!proof) return showEnded(place);
  forgetKept(kept, place.dataset);
  const slow = setTimeout(() => { place.textContent = place.dataset.textSlow; }, SLOW);
  const response = await fetchPage({ Accept: "text/html", [PROOF]: proof, ...(kept ? { [KEPT]: kept } : {}) });
  clearTimeout(slow);
  await show(response, proof, place);
}

/** What this tab holds, or the LMS for it: the proof, or what else a cookie would carry (":kept"). */
async function find(what, { target, origin, key }) {
  const held = recall(window.location.href, what);
  if (held || (what && canRemember())) return held;
  const found = await getData({ target, origin }, key + what);
  if (found && !what) remember(window.location.href, found);
  return found;
}

async function keep(value, { target, origin, key }) {
  if (!remember(window.location.href, value, ":kept")) await putData({ target, origin }, `${key}:kept`, value);
}

function forgetKept(kept, { target, origin, key }) {
  forget(window.location.href, ":kept");
  if (kept && !canRemember()) putData({ target, origin }, `${key}:kept`, null);
}

/** The page; a broken line is waited for, since there is nothing else to do here. */
async function fetchPage(headers) {
  for (;;) {
    try {
      return await fetch(window.location.href, { headers });
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    }
  }
}

async function show(response, proof, place) {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.startsWith("text/html")) return offerFile(response, place);
  const text = await response.text();
  if (response.redirected) window.history.replaceState(window.history.state, "", response.url);
  // For every script of ours that fetches by itself, the unit player among them: it adds these headers.
  const where = { ...place.dataset };
  putInPlace(text, { requestHeaders: () => ({ [PROOF]: proof }), keep: (value) => keep(value, where) });
}

function showEnded(place) {
  delete html.dataset.looking;
  place.remove();
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

async function offerFile(response, place) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  const named = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  link.download = named?.[1] ?? window.location.pathname.split("/").at(-1) ?? "";
  link.textContent = link.download;
  place.replaceChildren(link);
  link.click();
}
