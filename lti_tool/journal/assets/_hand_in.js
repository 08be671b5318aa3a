// The dialog before handing in: what the server says of the saved text, and the way back to a place in it.

import { requestHeaders } from "../../web/assets/_request.js";
import { findPlace } from "./_places.js";

/** Open the dialog on the text that is saved; resolves to whether it could be filled. */
export async function openLookOver(dialog, url, version) {
  const text = await fetchPart(url);
  if (!text) return false;
  const box = dialog.querySelector("[data-look-over]");
  box.innerHTML = text;
  box.querySelector("[name=version]").value = version;
  dialog.showModal();
  return true;
}

async function fetchPart(url) {
  try {
    const response = await fetch(url, { headers: { ...requestHeaders(), Accept: "text/html" }, signal: AbortSignal.timeout(20000) });
    const text = response.ok ? await response.text() : "";
    return text.includes('id="hand-in-form"') ? text : ""; // anything else is somebody's page on the way
  } catch {
    return "";
  }
}

/** Let each "Show me the place" lead from the dialog to its words in the editor; `gone` is called where they are not. */
export function listenForPlaces(dialog, editor, gone) {
  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-show-place]");
    if (!button) return;
    dialog.close();
    const place = findPlace(editor.state.doc, button.dataset.quote, Number(button.dataset.number));
    if (place) select(editor, place);
    else gone();
  });
}

function select(editor, place) {
  editor.commands.setTextSelection(place);
  editor.view.focus();
  const { node } = editor.view.domAtPos(place.from);
  const element = node instanceof Element ? node : node.parentElement;
  element.scrollIntoView({ block: "center" });
}
