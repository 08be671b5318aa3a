// Turning pages: the menu, previous and next, the address's hash and the back button all lead to `show`.

export function createPaging(unit, onTurn, signal) {
  const links = [...unit.root.querySelectorAll("[data-to]")];
  const button = unit.root.querySelector(".pw-menu-button");
  const menu = unit.root.querySelector(".pw-menu");
  let current = null;

  function show(id, { moveFocus }) {
    const page = unit.pages.find((candidate) => candidate.id === id);
    if (!page || page.id === current) return;
    current = page.id;
    for (const other of unit.pages) other.element.hidden = other !== page;
    fold(false);
    onTurn(page.id);
    if (moveFocus) {
      window.scrollTo(0, 0);
      page.heading.focus();
    }
  }

  function fold(open) {
    menu.dataset.open = String(open);
    button.setAttribute("aria-expanded", String(open));
  }

  button.addEventListener("click", () => fold(button.getAttribute("aria-expanded") !== "true"));
  window.addEventListener("hashchange", () => show(hashPage(), { moveFocus: true }), { signal });
  openReferencesOnClick(unit.root, signal);
  printOnClick(unit);

  return {
    // The address of a unit that is alone wins over the saved page: a reload and a link both lead where they say.
    begin(saved, fromAddress) {
      const asked = fromAddress && unit.pages.some(({ id }) => id === hashPage()) ? hashPage() : saved;
      show(asked, { moveFocus: false });
      nameInAddress(asked, signal);
    },
    refresh(progress) {
      const place = unit.pages.findIndex(({ id }) => id === progress.page);
      for (const link of links) {
        const seen = progress.seen.includes(link.dataset.to);
        link.dataset.state = seen ? "seen" : "unseen";
        link.querySelector("[data-seen]").textContent = seen ? `, ${unit.say("seen")}` : "";
        if (link.dataset.to === progress.page) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      unit.root.querySelector("progress").value = progress.seen.length;
      const position = { page: place + 1, pages: unit.pages.length };
      unit.root.querySelector("[data-position]").textContent = unit.say("position", position);
    },
  };
}

const hashPage = () => decodeURIComponent(window.location.hash.slice(1));

// A hash that stands in the address while the page is loading the browser takes for a place to scroll to: past the unit's
// title, and where an LMS has a head above its frame, past that too. So it is written when all is loaded.
function nameInAddress(id, signal) {
  const write = (hash) => window.history.replaceState(null, "", window.location.pathname + window.location.search + hash);
  if (document.readyState === "complete") return write(`#${id}`);
  write("");
  stayAtTitle(signal);
  window.addEventListener("load", () => { if (window.location.hash === "") write(`#${id}`); }, { once: true, signal });
}

// Where the browser has read the hash already. Whoever has begun to read is left where they are.
function stayAtTitle(signal) {
  let reading = false;
  for (const act of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    window.addEventListener(act, () => { reading = true; }, { once: true, capture: true, passive: true, signal });
  }
  window.addEventListener("load", () => { if (!reading) window.scrollTo(0, 0); }, { once: true, signal });
}

// A citation leads to its reference without leaving the page.
function openReferencesOnClick(root, signal) {
  const references = root.querySelector(".pw-references");
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a.pw-cite");
    if (!link) return;
    event.preventDefault();
    references.open = true;
    const entry = root.querySelector(link.getAttribute("href"));
    entry.focus();
    entry.scrollIntoView({ block: "center" });
  });
  window.addEventListener("beforeprint", () => references?.setAttribute("open", ""), { signal });
}

// The whole unit prints with all its pages shown; pictures that were not looked at yet are loaded first.
function printOnClick(unit) {
  for (const button of unit.root.querySelectorAll("[data-print]")) {
    button.addEventListener("click", async () => {
      if (button.dataset.print === "unit") {
        await unit.complete;
        unit.root.dataset.whole = "true";
        await Promise.all([...unit.root.querySelectorAll("img")].map(shown));
      }
      window.print();
      delete unit.root.dataset.whole;
    });
  }
}

async function shown(picture) {
  picture.loading = "eager";
  await picture.decode().catch(() => {});
}
