// The first moments in a frame: finds out whether the browser keeps our cookie here, else whether the LMS keeps
// something for us, and only then asks the LMS who this is. Where neither works, a button opens a tab of its own.

import { putData } from "./_platform_storage.js";

const PATIENCE = 10000; // milliseconds

const page = document.querySelector("[data-opening]");
const form = page.querySelector("form[data-offer]");
const { target, origin, key, secret, onward } = page.dataset;

function show(what) {
  for (const part of page.querySelectorAll("[data-wait], [data-choice], [data-opened]")) part.hidden = !(what in part.dataset);
}

/** Where to go on if the cookie that came with this page comes back; else null. */
async function withCookie() {
  try {
    // One frame after the other: the first gets a secret for this browser, and all others that are opened with it use it.
    return await (navigator.locks?.request("partnerwise:opening", ask) ?? ask());
  } catch {
    return ask(); // locks are barred where cookies are
  }
}

async function ask() {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return (await response.json()).onward ?? null;
  } catch {
    return null;
  }
}

async function withStorage() {
  return onward && (await putData({ target, origin }, key, secret)) ? onward : null;
}

// The LMS's permission to open the activity may work once only: a second click would end at its error page.
let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) return event.preventDefault();
  sent = true;
  setTimeout(() => {
    show("opened");
    page.querySelector("[data-opened]").focus();
  });
});

async function begin() {
  show("wait");
  const address = (await withCookie()) ?? (await withStorage());
  if (address) window.location.replace(address);
  else show("choice");
}

begin();
