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
 * Gives a function that makes links: the same way, wherever a page offers it; null where there is none. `finish` resolves
 * to whether all has arrived; `tell` hears "leaving" and "not_left". Who takes the way again after that goes at once.
 * @param {string} address
 * @param {string} text
 * @param {{ finish: () => Promise<boolean>, tell: (name: string) => void, go?: (address: string) => void }} acts
 */
export function createWayBack(address, text, { finish, tell, go = (to) => window.location.assign(to) }) {
  const href = wayBackTo(address);
  let state = "here"; // or "leaving", "stuck"
  if (!href) return null;

  async function leave(event) {
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (state === "stuck" || opensElsewhere) return;
    event.preventDefault();
    if (state === "leaving") return;
    state = "leaving";
    tell("leaving");
    const arrived = await finish();
    state = "stuck";
    if (arrived) go(href);
    else tell("not_left");
  }

  return () => {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    link.addEventListener("click", leave);
    return link;
  };
}
