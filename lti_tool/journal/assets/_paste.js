// Pasting and dropping into the editor: what came from elsewhere is read before the page's policy drops its styles, and
// what cannot be taken is said.

import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { isFilesOnly, readHtml } from "../../web/assets/pasting/clipboard.js";
import { asHtml } from "../../web/assets/pasting/writing.js";
import { forgetRefused, sayRefused } from "../../web/assets/_refusals.js";

const OWN = /^(a|blockquote|br|em|h3|h4|li|meta|ol|p|strong|ul)$/i;

/** The extension of the editor that does so. */
export const pasting = Extension.create({
  name: "pasting",
  priority: 1000, // before those that would take the pasted text for a link
  addProseMirrorPlugins: () => [new Plugin({ props: props() })],
});

function props() {
  let pictures = 0;
  const take = (view, data, slice) => {
    const refused = pictures > 0 || isFilesOnly(data);
    pictures = 0;
    if (refused) sayRefused(view.dom, "pictures");
    else forgetRefused();
    return refused && !slice.size;
  };
  return {
    transformPastedHTML(html) {
      if (isOurs(html)) return html;
      const found = readHtml(html);
      pictures = found.pictures;
      return asHtml(found.blocks);
    },
    handlePaste: (view, { clipboardData }, slice) => take(view, clipboardData, slice) || wordsInstead(view, clipboardData, slice),
    handleDrop: (view, { dataTransfer }, slice) => take(view, dataTransfer, slice),
  };
}

// Copied from an editor like this one: its own way of telling where the copy begins and ends is kept.
function isOurs(html) {
  return html.includes("data-pm-slice") && [...html.matchAll(/<([a-z][^\s/>]*)/gi)].every(([, tag]) => OWN.test(tag));
}

// HTML of which nothing is kept would delete what is selected.
function wordsInstead(view, data, slice) {
  const text = data?.getData("text/plain") ?? "";
  return slice.size === 0 && text.trim() !== "" && view.pasteText(text);
}
