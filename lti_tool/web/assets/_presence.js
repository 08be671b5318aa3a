// When somebody last touched this page: pages ask the server by themselves, too, and that is nobody at the computer.

const TOUCHES = ["pointerdown", "pointermove", "wheel", "touchmove", "keydown", "input"];

let touched = Date.now(); // whoever has opened the page was there

for (const kind of TOUCHES) {
  window.addEventListener(kind, (event) => { if (event.isTrusted) touched = Date.now(); }, { capture: true, passive: true });
}

/** The moment, in milliseconds since 1970. */
export const lastTouched = () => touched;

/** For how many whole seconds nobody has touched it. */
export const secondsAway = () => Math.max(0, Math.floor((Date.now() - touched) / 1000));
