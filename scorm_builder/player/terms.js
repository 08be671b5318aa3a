// The glossary's pop-ups: the browser opens and closes them; they are only placed beside their word.

export function placeTerms(root) {
  for (const pop of root.querySelectorAll(".pw-pop")) {
    pop.addEventListener("toggle", ({ newState }) => {
      if (newState === "open") place(pop, root.querySelector(`.pw-page:not([hidden]) [popovertarget="${pop.id}"]`));
    });
  }
  if ("popover" in HTMLElement.prototype) return;
  // Older browsers show the explanations at the unit's end.
  root.addEventListener("click", ({ target }) => {
    const name = target.closest("[popovertarget]")?.getAttribute("popovertarget");
    if (name) root.querySelector(`#${name}`).scrollIntoView({ block: "center" });
  });
}

function place(pop, word) {
  if (!word) return;
  const [spot, size] = [word.getBoundingClientRect(), pop.getBoundingClientRect()];
  const below = spot.bottom + 8 + size.height < window.innerHeight;
  const top = below ? spot.bottom + 8 : Math.max(8, spot.top - 8 - size.height);
  const left = Math.max(8, Math.min(spot.left, document.documentElement.clientWidth - size.width - 8));
  pop.style.top = `${top + window.scrollY}px`;
  pop.style.left = `${left + window.scrollX}px`;
}
