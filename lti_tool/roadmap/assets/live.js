// Pages to look at: they show each change of the map as it comes. Also the button that prints.

import { announce } from "../../web/assets/_messages.js";
import { showMoments } from "../../web/assets/_moments.js";
import { requestHeaders } from "../../web/assets/_request.js";
import { Follower } from "./_follower.js";

const place = document.querySelector("[data-pm-live]");

async function renew() {
  const response = await fetch(window.location.href, { headers: { ...requestHeaders(), Accept: "text/html" } });
  if (!response.ok) throw new Error(`page: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-pm-live]");
  if (!fresh) return;
  const active = document.activeElement;
  const held = place.contains(active) ? active?.getAttribute("href") : null;
  place.replaceChildren(...fresh.childNodes);
  dress();
  if (held) place.querySelector(`[href="${CSS.escape(held)}"]`)?.focus();
  announce(place.dataset.textChanged);
}

function dress() {
  showMoments(place);
  for (const button of place.querySelectorAll("[data-pm-print]")) button.hidden = false;
}

dress();
place.addEventListener("click", ({ target }) => target.closest("[data-pm-print]") && window.print());
new Follower({ url: place.dataset.pmLive, revision: Number(place.dataset.revision), onChanges: renew, onState: () => {} });
