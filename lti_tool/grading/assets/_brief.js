// Whoever knows the rubric by heart sees the names of its levels only; this browser remembers it.

const KEY = "partnerwise:rubric-brief";

export function keepBrief(form, button) {
  const show = (brief) => {
    form.classList.toggle("pw-desk-brief", brief);
    button.setAttribute("aria-pressed", String(brief));
  };
  button.hidden = false;
  show(remembered());
  button.addEventListener("click", () => {
    const brief = button.getAttribute("aria-pressed") === "false";
    show(brief);
    remember(brief);
  });
}

function remembered() {
  try {
    return window.localStorage.getItem(KEY) === "yes";
  } catch {
    return false; // barred in this frame
  }
}

function remember(brief) {
  try {
    window.localStorage.setItem(KEY, brief ? "yes" : "no");
  } catch {
    // It holds for this page only.
  }
}
