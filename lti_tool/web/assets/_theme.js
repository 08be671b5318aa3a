// Light or dark: what the person chose here; else light in the frame of an LMS, which is light itself, and in a tab of
// our own what the device prefers. What was chosen stands on the root element, where every script of the page finds it.

const KEY = "partnerwise:theme";
const THEMES = ["light", "dark"];
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

export const isFramed = window.parent !== window;
export const chosenTheme = () => root.dataset.chosenTheme ?? "";

/** Choose light or dark, or neither by an empty text; this browser remembers it for this LMS. */
export function chooseTheme(theme) {
  root.dataset.chosenTheme = theme;
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // Barred in this frame: it holds for this page only.
  }
  applyTheme();
}

/** Put into effect what was chosen before, and follow the device where nothing was. */
export function beginTheme() {
  root.dataset.chosenTheme = remembered();
  prefersDark.addEventListener("change", applyTheme);
  applyTheme();
}

function applyTheme() {
  if ("themeFixed" in root.dataset) return; // by the layout
  root.dataset.bsTheme = chosenTheme() || (!isFramed && prefersDark.matches ? "dark" : "light");
}

function remembered() {
  try {
    const kept = window.localStorage.getItem(KEY) ?? "";
    return THEMES.includes(kept) ? kept : "";
  } catch {
    return "";
  }
}
