// Messages that can be closed or copied, and the page's one voice for what has no place of its own.

/** Have a screen reader say something, once. */
export function announce(words) {
  const announcer = document.getElementById("pw-announcer");
  announcer.textContent = "";
  // A live region speaks when it changes, and a change within one turn is none.
  setTimeout(() => { announcer.textContent = words; }, 50);
}

export function listenForMessages(root) {
  for (const button of root.querySelectorAll("[data-pw-copy]")) button.hidden = false;
  root.addEventListener("click", (event) => {
    const closer = event.target.closest?.("[data-pw-dismiss]");
    const copier = event.target.closest?.("[data-pw-copy]");
    if (closer) dismiss(closer.closest(".pw-alert"));
    if (copier) copy(copier);
  });
}

function dismiss(message) {
  message.remove();
  document.getElementById("content")?.focus();
}

// The clipboard interface is barred in a frame of another site; the old command works there.
function copy(button) {
  const field = document.getElementById(button.dataset.pwCopy);
  field.focus();
  field.select();
  if (document.execCommand("copy")) button.textContent = button.dataset.pwCopied;
}
