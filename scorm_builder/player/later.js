// The pages after the first, which a package keeps in a script beside the page: so the first is there sooner, and the
// rest before it is wanted. A script can be loaded where a package is opened from a folder, too; nothing else can.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

// Resolves when all pages are in their places; asks again for as long as it takes.
export async function bringLater(unit) {
  const { later } = unit.root.dataset;
  if (!later) return;
  let wait = FIRST_WAIT;
  while (!(await loaded(later))) {
    tell(unit);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  for (const page of unit.pages) {
    if (!(page.id in window.partnerwisePages)) continue;
    page.heading.nextElementSibling?.remove(); // What tell() said; the heading stays, somebody may be reading it.
    page.heading.insertAdjacentHTML("afterend", window.partnerwisePages[page.id]);
    page.here = true;
  }
  tell(unit);
}

function loaded(address) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = address;
    // An LMS whose session is over may answer with a page instead of the script.
    script.addEventListener("load", () => resolve(Boolean(window.partnerwisePages)));
    script.addEventListener("error", () => resolve(false));
    document.head.append(script);
  });
}

// Whoever turns to a page that is not there reads why.
function tell(unit) {
  for (const { element, heading } of unit.pages) {
    if (heading.nextElementSibling) continue;
    const notice = document.createElement("p");
    notice.className = "pw-notice";
    notice.role = "status";
    notice.textContent = unit.say("page_missing");
    element.append(notice);
  }
}
