// Pages to look at: they show each change of the map as it comes. Also the button that prints.

import { announce } from "../../web/assets/_messages.js";
import { showMoments } from "../../web/assets/_moments.js";
import { requestHeaders } from "../../web/assets/_request.js";
import { Follower } from "./_follower.js";

const place = document.querySelector("[data-pm-live]");
const HOLDING = "a[href], button, [tabindex]";
const SCROLLED = ".pm-scroll";

async function renew() {
  const response = await fetch(window.location.href, { headers: { ...requestHeaders(), Accept: "text/html" } });
  if (!response.ok) throw new Error(`page: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-pm-live]");
  if (!fresh) return;
  const goBack = rememberPlace();
  place.replaceChildren(...fresh.childNodes);
  dress();
  goBack();
  announce(place.dataset.textChanged);
}

/** What puts the focus and the picture where they were, once the page is a new one. */
function rememberPlace() {
  const active = document.activeElement;
  const held = place.contains(active) && nameOf(active);
  const scrolled = [...place.querySelectorAll(SCROLLED)].map(({ scrollLeft }) => scrollLeft);
  return () => {
    if (held) [...place.querySelectorAll(HOLDING)].find((one) => nameOf(one) === held)?.focus({ preventScroll: true });
    for (const [number, one] of place.querySelectorAll(SCROLLED).entries()) one.scrollLeft = scrolled[number] ?? 0;
  };
}

/** The same control has the same name on the new page, whatever stands in it there. */
function nameOf(control) {
  return [control.tagName, control.getAttribute("href") ?? control.className].join(" ");
}

function dress() {
  showMoments(place);
  for (const button of place.querySelectorAll("[data-pm-print]")) button.hidden = false;
}

dress();
place.addEventListener("click", ({ target }) => target.closest("[data-pm-print]") && window.print());
new Follower({ url: place.dataset.pmLive, revision: Number(place.dataset.revision), onChanges: renew, onState: () => {} });
