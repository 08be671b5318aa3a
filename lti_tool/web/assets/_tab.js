// In a page whose proof the tab holds (see tab.js): sends forms with the proof, and goes where they lead. Links need
// nothing: their addresses fetch the proof themselves.

import { endWhatRuns, putInPlace } from "./_put_in_place.js";
import { proofHeaders } from "./_request.js";

const SCROLL_REST = 150; // milliseconds
// A page that comes again with what is wrong on it says so there, and not in its heading.
const REFUSED_ON_PAGE = "main .pw-alert[role] .pw-alert-title, main .pw-alert[role] .pw-alert-text > p";

export function workFromTab() {
  if (!window.partnerwise?.requestHeaders) return;
  // After the page's own listeners: a form that they keep back, or that asks something first, is not sent.
  document.addEventListener("submit", sendForm);
  rememberScroll();
}

async function sendForm(event) {
  const { target: form, submitter } = event;
  const address = new URL(submitter?.getAttribute("formaction") ?? form.action, window.location.href);
  if (event.defaultPrevented || form.method !== "post" || address.origin !== window.location.origin || form.target) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    await follow(await send(form, submitter, address));
  } catch {
    tell(document.querySelector('meta[name="pw-unsent"]')?.content ?? "");
  }
  form.removeAttribute("aria-busy");
}

function send(form, submitter, address) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const plain = form.enctype !== "multipart/form-data";
  const headers = { ...proofHeaders(), Accept: "text/html" };
  return fetch(address, { method: "POST", headers, body: plain ? new URLSearchParams(/** @type {any} */ (body)) : body });
}

async function follow(response) {
  const kept = response.headers.get("X-Partnerwise-Kept");
  const onward = response.headers.get("X-Partnerwise-Location");
  if (kept) await window.partnerwise?.keep(kept);
  if (onward) return goTo(new URL(onward, window.location.href));
  const text = await response.text();
  if (response.ok) {
    await endWhatRuns();
    return putInPlace(text, window.partnerwise);
  }
  // What was typed stays: the refusal is told here and not on a page of its own.
  const refusal = new DOMParser().parseFromString(text, "text/html");
  const parts = refusal.querySelectorAll(REFUSED_ON_PAGE);
  const told = parts.length ? parts : refusal.querySelectorAll("h1, main > p");
  tell([...told].map((part) => part.textContent.trim()).filter(Boolean));
}

function goTo(address) {
  const here = window.location;
  const page = ({ origin, pathname, search }) => origin + pathname + search;
  if (page(address) !== page(here)) return here.assign(address);
  window.history.replaceState(null, "", address);
  return here.reload();
}

/** Say something at the top of the page, aloud too. */
function tell(words) {
  document.getElementById("pw-told")?.remove();
  const box = document.createElement("div");
  box.id = "pw-told";
  box.className = "pw-alert pw-alert-bad";
  box.tabIndex = -1;
  box.setAttribute("role", "alert");
  const text = box.appendChild(document.createElement("div"));
  text.className = "pw-alert-text";
  for (const sentence of [words].flat()) text.appendChild(document.createElement("p")).textContent = sentence;
  document.getElementById("content").prepend(box);
  box.focus();
}

// The browser cannot restore the place on a page that comes later than its address.
function rememberScroll() {
  let rest = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      window.history.replaceState({ ...window.history.state, pwScroll: window.scrollY }, "");
    }, SCROLL_REST);
  }, { passive: true });
}
