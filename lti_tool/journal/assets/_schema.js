// What a piece may hold. journal/cleaning.py lets through exactly what this makes.

import StarterKit from "@tiptap/starter-kit";
import { isAddress } from "../../web/assets/pasting/looks.js";
import { directions } from "./_directions.js";
import { pasting } from "./_paste.js";

/** @type {(3 | 4)[]} */
const LEVELS = [3, 4]; // the page itself uses the first two

/** The extensions of the editor; `plain` for a text that is only words. */
export function extensions({ plain }) {
  /** @type {Partial<import("@tiptap/starter-kit").StarterKitOptions>} */
  const off = { code: false, codeBlock: false, strike: false, underline: false, horizontalRule: false, trailingNode: false };
  if (plain) {
    Object.assign(off, { bold: false, italic: false, heading: false, bulletList: false, orderedList: false, listItem: false });
    Object.assign(off, { listKeymap: false, blockquote: false, link: false });
    return [StarterKit.configure(off), pasting, directions];
  }
  const link = {
    openOnClick: false,
    isAllowedUri: (href) => isAddress(href),
    defaultProtocol: "https",
    HTMLAttributes: { target: null, rel: null, class: null },
  };
  return [StarterKit.configure({ ...off, heading: { levels: LEVELS }, link }), pasting, directions];
}
