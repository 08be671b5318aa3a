// Tells the LMS around the frame how high the page is, that a new page has come, and that we are done. Only pages of
// the registered platform hear it (the layout names their origins).

const REST = 100; // milliseconds
const NEARLY = 4; // CSS pixels; less is no news
const LEAST_TO_SCROLL_IN = 480; // CSS pixels
const SHARE = 0.75; // of the screen; the rest is the browser's and the LMS's

const origins = () => (document.querySelector('meta[name="pw-platform"]')?.content ?? "").split(" ").filter(Boolean);

/** Say something to the page around us. Canvas takes objects, older platforms take JSON in a string only. */
export function tellPlatform(message) {
  if (window.parent === window) return;
  const around = window.location.ancestorOrigins?.[0];
  for (const origin of origins()) {
    if (around && origin !== around) continue; // the browser would only complain
    window.parent.postMessage(message, origin);
    window.parent.postMessage(JSON.stringify(message), origin);
  }
}

export function speakToPlatform() {
  if (window.parent === window || !origins().length) return;
  if (document.referrer.startsWith(window.location.origin)) tellPlatform({ subject: "lti.scrollToTop" });
  offerToClose();
  watchHeight();
}

// The button is there where the LMS names no way back; it is shown where the LMS says that it can close the frame.
function offerToClose() {
  const button = document.querySelector("[data-pw-close]");
  if (!button) return;
  button.addEventListener("click", () => tellPlatform({ subject: "lti.close" }));
  window.addEventListener("message", ({ origin, data }) => {
    const known = data?.subject === "lti.capabilities.response" ? data.supported_messages : [];
    if (!origins().includes(origin) || !Array.isArray(known)) return;
    if (known.some(({ subject } = {}) => subject === "lti.close")) button.hidden = false;
  });
  tellPlatform({ subject: "lti.capabilities", message_id: String(Math.random()) });
}

function watchHeight() {
  let told = 0;
  let rest = 0;
  const tell = () => {
    const height = contentHeight();
    if (Math.abs(height - told) < NEARLY) return;
    told = height;
    tellPlatform({ subject: "lti.frameResize", height });
  };
  const observer = new ResizeObserver(() => {
    clearTimeout(rest);
    rest = setTimeout(tell, REST);
  });
  for (const part of document.body.children) observer.observe(part);
  tell();
}

// The parts and not the whole: the document is never less high than its frame, and would never shrink with it.
function contentHeight() {
  const ends = [...document.body.children].map((part) => part.getBoundingClientRect().bottom);
  const whole = Math.ceil(Math.max(1, ...ends) + window.scrollY);
  // What stays in sight beside something long can do so only where the frame itself scrolls.
  const scrolls = document.querySelector("[data-pw-own-scroll]");
  return scrolls ? Math.min(whole, Math.max(LEAST_TO_SCROLL_IN, Math.round(window.screen.availHeight * SHARE))) : whole;
}
