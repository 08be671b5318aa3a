// The choice between light and dark at the page's foot. theme.js has put it into effect already.

import { chooseTheme, chosenTheme } from "./_theme.js";

export function offerAppearance(root) {
  const box = root.querySelector("[data-pw-appearance]");
  if (!box) return;
  const select = box.querySelector("select");
  select.value = chosenTheme();
  select.addEventListener("change", () => chooseTheme(select.value));
  box.hidden = false;
}
