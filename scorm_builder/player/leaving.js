// The time that a page is in sight, and the last save when it goes away.

// `unload` is never used: browsers skip it, and what it should have saved would be lost.
export function saveWhenLeaving(playing, clock) {
  let left = false;
  document.addEventListener("visibilitychange", () => {
    const hidden = document.visibilityState === "hidden";
    if (hidden && !left) playing.save();
    clock.run(!hidden);
  });
  window.addEventListener("pagehide", () => {
    if (left) return;
    left = true;
    playing.last();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload(); // The session was closed: a fresh one is needed.
  });
}

// Seconds while the page is in sight.
export function createClock() {
  let since = performance.now();
  let running = document.visibilityState !== "hidden";
  let spent = 0;
  const settle = () => {
    if (running) spent += (performance.now() - since) / 1000;
    since = performance.now();
  };
  return {
    run(on) {
      settle();
      running = on;
    },
    lap() {
      settle();
      const whole = Math.floor(spent);
      spent -= whole;
      return whole;
    },
  };
}
