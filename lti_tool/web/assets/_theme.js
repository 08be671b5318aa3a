// Light or dark: what the person chose here; else light in the frame of an LMS, which is light itself, and in a tab of
// our own what the device prefers.

const KEY = "partnerwise:theme";
const THEMES = ["light", "dark"];
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const isFixed = "bsTheme" in root.dataset; // by the layout
let choice = remembered();

export const isFramed = window.parent !== window;
export const chosenTheme = () => choice;

/** Choose light or dark, or neither by an empty text; this browser remembers it for this LMS. */
export function chooseTheme(theme) {
  choice = THEMES.includes(theme) ? theme : "";
  try {
    window.localStorage.setItem(KEY, choice);
  } catch {
    // Barred in this frame: it holds for this page only.
  }
  applyTheme();
}

export function applyTheme() {
  if (isFixed) return;
  root.dataset.bsTheme = choice || (!isFramed && prefersDark.matches ? "dark" : "light");
}

export function followDevice() {
  prefersDark.addEventListener("change", applyTheme);
}

function remembered() {
  try {
    const kept = window.localStorage.getItem(KEY);
    return THEMES.includes(kept) ? kept : "";
  } catch {
    return "";
  }
}
