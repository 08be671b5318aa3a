// Shows a page that was fetched as if the browser had opened it, within the same window. Its scripts run, as far as
// the content security policy of this address lets them.

/** `text` is the page; `keep` is what its scripts find as window.partnerwise. */
export function putInPlace(text, keep) {
  window.partnerwise = keep;
  document.open("text/html", "replace"); // forgets the listeners of the page before, too
  window.addEventListener("load", restorePlace, { once: true });
  document.write(text);
  document.close();
}

/** End what the page before has under way: requests, and the timers that would begin new ones. */
export async function endWhatRuns() {
  window.stop();
  await new Promise((resolve) => { setTimeout(resolve); });
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
}

// What the browser would have done by itself, had the page come at once.
function restorePlace() {
  const part = document.getElementById(window.location.hash.slice(1)); // our ids need no decoding
  if (part) part.scrollIntoView();
  else window.scrollTo(0, window.history.state?.pwScroll ?? 0);
}
