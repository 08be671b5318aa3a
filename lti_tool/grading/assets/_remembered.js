// Buttons that stay pressed, also the next time: this browser remembers them.

const PREFIX = "partnerwise:";

/** Let a button be pressed and let go; `show(pressed)` is called at once and at each change. */
export function keepPressed(button, name, { fallback = false, show }) {
  const say = (pressed) => {
    button.setAttribute("aria-pressed", String(pressed));
    show(pressed);
  };
  button.hidden = false;
  say(remembered(name) ?? fallback);
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") === "false";
    say(pressed);
    remember(name, pressed);
  });
}

function remembered(name) {
  try {
    const kept = window.localStorage.getItem(PREFIX + name);
    return kept === null ? null : kept === "yes";
  } catch {
    return null; // barred in this frame
  }
}

function remember(name, pressed) {
  try {
    window.localStorage.setItem(PREFIX + name, pressed ? "yes" : "no");
  } catch {
    // It holds for this page only.
  }
}
