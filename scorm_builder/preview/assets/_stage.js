// The frame that the player stands in: opened as an LMS opens it, and left so that the player can say its last word.

export function createStage(frame) {
  const loaded = () => new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  const isEmpty = () => frame.contentWindow.location.href === "about:blank";

  async function go(address) {
    const done = loaded();
    frame.contentWindow.location.replace(address);
    await done;
  }

  return {
    // Where the reader is: the page in the address, and how far down.
    place() {
      return isEmpty() ? null : { hash: frame.contentWindow.location.hash, down: frame.contentWindow.scrollY };
    },
    async leave() {
      if (!isEmpty()) await go("about:blank");
    },
    async open(address, place) {
      await go(address + (place?.hash ?? ""));
      if (place) await playing(frame.contentDocument);
      if (place) frame.contentWindow.scrollTo(0, place.down);
    },
  };
}

// The player marks what it has made ready.
function playing(page) {
  const ready = () => page.querySelector("[data-ready]");
  if (ready()) return Promise.resolve();
  return new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
    const watcher = new MutationObserver(() => {
      if (!ready()) return;
      watcher.disconnect();
      resolve();
    });
    watcher.observe(page, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
  });
}
