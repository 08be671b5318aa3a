// Opens and closes native dialogs, and asks before what cannot be undone.

/** Ask in a dialog that confirm_dialog made; resolves to whether the answer was yes. */
export function confirmWith(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

// In a frame as high as its page the middle is nowhere near: a dialog then opens where the last click was.
function bringNear(dialog, at) {
  const room = window.innerHeight - dialog.offsetHeight;
  const tall = window.innerHeight > window.screen.availHeight;
  dialog.style.marginBlockStart = tall ? `${Math.max(0, Math.min(at - dialog.offsetHeight / 2, room))}px` : "";
  if (tall) dialog.scrollIntoView({ block: "nearest" }); // the browser has moved to where it was at first
}

export function listenForDialogs(root) {
  let lastClick = 0;
  root.addEventListener("click", ({ clientY }) => { lastClick = clientY || lastClick; }, { capture: true });
  root.addEventListener("toggle", ({ target, newState }) => {
    if (newState === "open" && target.matches?.("dialog:modal")) bringNear(target, lastClick);
  }, { capture: true });
  root.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    const opener = at("[data-pw-opens]");
    if (opener) root.getElementById(opener.dataset.pwOpens)?.showModal();
    if (at("[data-pw-closes]")) at("dialog")?.close();
    if (at("[data-pw-yes]")) at("dialog")?.close("yes");
    if (event.target.matches?.("dialog.pw-dialog") && beside(event)) event.target.close();
    const asker = at("[data-pw-confirm]");
    if (asker) askFirst(event, asker, root.getElementById(asker.dataset.pwConfirm));
  });
}

// A click on the veil is a click on the dialog, outside its box.
function beside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

async function askFirst(event, button, dialog) {
  if (!dialog) return;
  event.preventDefault();
  if (await confirmWith(dialog)) button.form.requestSubmit(button.type === "submit" ? button : null);
}
