// Asks for the address of a link in a dialog, since browsers silence prompt() in a frame.

/** Open the dialog for the editor's selection. */
export function askForLink(dialog, editor) {
  const field = dialog.querySelector("input");
  field.value = editor.getAttributes("link").href ?? "";
  dialog.querySelector("[data-unlink]").onclick = () => {
    dialog.close();
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
  };
  dialog.querySelector("form").onsubmit = () => setLink(editor, field.value.trim());
  dialog.showModal();
  field.focus();
}

function setLink(editor, href) {
  const chain = editor.chain().focus().extendMarkRange("link");
  const { empty } = editor.state.selection;
  if (empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
  } else {
    chain.setLink({ href }).run();
  }
}
