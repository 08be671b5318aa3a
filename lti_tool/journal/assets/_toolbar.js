// The buttons above the text: one tab stop, arrow keys within, and each says whether it is on.

const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  heading3: (chain) => chain.toggleHeading({ level: 3 }),
  heading4: (chain) => chain.toggleHeading({ level: 4 }),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const HEADING = /^heading(\d)$/;

/** Make the toolbar work for this editor; `onLink()` asks for an address. */
export function listenForTools(toolbar, editor, onLink) {
  const buttons = [...toolbar.querySelectorAll("button")];
  toolbar.hidden = false;
  toolbar.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection in the text
  toolbar.addEventListener("click", ({ target }) => {
    const command = target.closest("button")?.dataset.command;
    if (command === "link") onLink();
    else if (command) COMMANDS[command](editor.chain().focus()).run();
  });
  toolbar.addEventListener("keydown", (event) => move(event, buttons));
  editor.on("transaction", () => show(buttons, editor));
  show(buttons, editor);
}

function move(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
  const now = buttons.indexOf(document.activeElement);
  const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
  const next = { Home: 0, End: buttons.length - 1 }[event.key] ?? (now + step * rtl + buttons.length) % buttons.length;
  if (!step && event.key !== "Home" && event.key !== "End") return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = button === buttons[next] ? 0 : -1;
  buttons[next].focus();
}

function show(buttons, editor) {
  for (const button of buttons) {
    const { command } = button.dataset;
    const level = HEADING.exec(command)?.[1];
    const active = level ? editor.isActive("heading", { level: Number(level) }) : editor.isActive(command);
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(active));
    button.classList.toggle("pw-tool-on", active);
  }
}
