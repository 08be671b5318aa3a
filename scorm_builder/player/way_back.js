// The way back, where the LMS opened the package in place of itself: whoever takes it waits until all has arrived.

const PROTOCOLS = ["http:", "https:"];

// A full address, or "" where the LMS gave none that leads anywhere.
export function wayBackTo(address, from = window.location.href) {
  try {
    const { protocol, href } = new URL(address, from);
    return address && PROTOCOLS.includes(protocol) ? href : "";
  } catch {
    return "";
  }
}

/**
 * Gives a function that makes the way back for each place that offers it: [the link, where it says what becomes of whoever
 * takes it]; null where there is none. `finish` resolves to whether all has arrived; who takes the way again after it has
 * not goes at once.
 * @param {string} address
 * @param {string} text of the link
 * @param {(name: string) => string} say
 * @param {() => Promise<boolean>} finish
 */
export function createWayBack(address, text, say, finish) {
  const href = wayBackTo(address);
  let state = "here"; // or "leaving", "stuck"
  if (!href) return null;

  async function leave(event, said) {
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (state === "stuck" || opensElsewhere) return;
    event.preventDefault();
    if (state === "leaving") return;
    state = "leaving";
    said.textContent = ` ${say("leaving")}`;
    const arrived = await finish();
    state = "stuck";
    if (arrived) window.location.assign(href);
    else said.textContent = ` ${say("not_left")}`;
  }

  return () => {
    const [link, said] = [document.createElement("a"), document.createElement("span")];
    link.href = href;
    link.textContent = text;
    link.addEventListener("click", (event) => leave(event, said));
    return [link, said];
  };
}
