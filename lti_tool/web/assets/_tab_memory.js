// What a tab holds where the browser keeps no cookies: its proof, and what else a cookie would carry. Kept in
// sessionStorage, which lasts as long as the tab; where that is barred as well, the LMS is asked each time.

const PREFIX = "partnerwise:tab:";

/** The launch that an address belongs to. */
export function launchOf(address) {
  return new URL(address, window.location.href).pathname.split("/")[2] ?? "";
}

/** Hold something for the launch of this address; gives whether it is held. `what` is "" for the proof. */
export function remember(address, value, what = "") {
  try {
    window.sessionStorage.setItem(PREFIX + launchOf(address) + what, value);
    return true;
  } catch {
    return false; // barred in this frame
  }
}

/** Hold something for all launches of this tab. */
export function rememberHere(what, value) {
  try {
    window.sessionStorage.setItem(PREFIX + what, value);
  } catch {
    // Barred in this frame.
  }
}

export function recallHere(what) {
  try {
    return window.sessionStorage.getItem(PREFIX + what);
  } catch {
    return null;
  }
}

/** Whether this browser lets the tab hold anything. */
export function canRemember() {
  try {
    return Boolean(window.sessionStorage);
  } catch {
    return false;
  }
}

export function recall(address, what = "") {
  try {
    return window.sessionStorage.getItem(PREFIX + launchOf(address) + what);
  } catch {
    return null;
  }
}

export function forget(address, what = "") {
  try {
    window.sessionStorage.removeItem(PREFIX + launchOf(address) + what);
  } catch {
    // What was never held need not be forgotten.
  }
}
