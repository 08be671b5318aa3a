// Each outermost block of the piece lies as its own letters run, on the page only: the text itself says nothing of it.

import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { Extension } from "@tiptap/core";

function decorate({ doc }) {
  const blocks = [];
  doc.forEach((node, at) => blocks.push(Decoration.node(at, at + node.nodeSize, { dir: "auto" })));
  return DecorationSet.create(doc, blocks);
}

/** The extension of the editor that does so. */
export const directions = Extension.create({
  name: "directions",
  addProseMirrorPlugins: () => [new Plugin({ props: { decorations: decorate } })],
});
