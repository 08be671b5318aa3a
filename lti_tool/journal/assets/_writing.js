// The writing place of the journal: rich text that saves by itself, and the way to the trainer.

import { Editor } from "@tiptap/core";
import { autosave } from "../../web/assets/_autosave.js";
import { chooseVersion } from "../../web/assets/_conflict.js";
import { showLetters, showWords } from "../../web/assets/_counters.js";
import { countCharactersFlowing, countWords } from "../../web/assets/_counting.js";
import { speakWhen } from "../../web/assets/_moments.js";
import { saveState } from "../../web/assets/_save_state.js";
import { listenForPlaces, openLookOver } from "./_hand_in.js";
import { askForLink } from "./_link.js";
import { extensions } from "./_schema.js";
import { listenForTools } from "./_toolbar.js";

const section = document.querySelector("[data-editor]");
const { url, version, key, limit } = section.dataset;
const find = (selector) => section.querySelector(selector);
const counter = find(".pw-counter");

const editor = new Editor({
  element: find("[data-place]"),
  extensions: extensions({ plain: Boolean(limit) }),
  content: document.querySelector("[data-now]").innerHTML,
  injectCSS: false, // it would be an inline style, which our policy refuses
  editorProps: {
    attributes: { id: "editor", class: "pw-piece pw-typing", role: "textbox", "aria-multiline": "true", "aria-labelledby": "text-label", "aria-describedby": counter?.id ?? "" },
  },
});

const plain = find("[data-plain] textarea");
const typing = document.activeElement === plain;
const refused = "refused" in plain.dataset; // a whole text that the server did not take, because it had a newer one
find("[data-plain]").remove();
find("[data-place]").hidden = false;
for (const element of section.querySelectorAll("[data-scripted]")) element.hidden = false;

const words = () => editor.getText({ blockSeparator: "\n" });
const read = () => ({ text: editor.isEmpty ? "" : editor.getHTML() });
const write = ({ text }) => editor.commands.setContent(text);

function tell(selector, text) {
  const box = find(selector);
  box.hidden = !text;
  box.querySelector("p").textContent = text;
}

function count() {
  if (limit) {
    showLetters(counter, countCharactersFlowing(words()));
  } else if (counter) {
    showWords(counter, countWords(words()));
  }
}

async function choose({ mine, theirs, who, at }) {
  const texts = { mine: asText(mine.text), theirs: asText(theirs.text) };
  const fill = (element) => { element.innerHTML = "pwMine" in element.dataset ? mine.text : theirs.text; };
  const { choice, text } = await chooseVersion(document.getElementById("versions"), { ...texts, who, at, fill });
  return { choice, value: { text: asHtml(text) } };
}

function asText(html) {
  const page = new DOMParser().parseFromString(html.replaceAll(/<(\/p|\/h\d|\/li|br)>/g, "$&\n"), "text/html");
  return page.body.textContent.trim();
}

function asHtml(text) {
  const paragraph = document.createElement("p");
  return text.split(/\n+/).filter(Boolean).map((line) => {
    paragraph.textContent = line;
    return paragraph.outerHTML;
  }).join("");
}

const saving = saveState(document.getElementById("saving"));
function showState(state, detail) {
  saving(state, detail);
  // From the first save on the piece is a draft, also in words.
  if (state === "saved") for (const badge of document.querySelectorAll("[data-begun]")) badge.hidden = badge.dataset.begun === "no";
}

const stored = editor.getHTML();
// The writer is in the middle of a line: the space that was typed last stays.
/** @type {import("@tiptap/core").SetContentOptions} */
const AS_TYPED = { emitUpdate: true, parseOptions: { preserveWhitespace: "full" } };
const saver = autosave({
  url, key, read, write,
  version: refused ? 0 : Number(version), // a version that is not the server's, so that the writer is asked
  onState: showState,
  onConflict: choose,
  onRestore: (at) => tell("[data-restored]", section.dataset.textRestored.replace("{time}", speakWhen(at))),
});

editor.on("update", () => {
  count();
  tell("[data-problem]", "");
  saver.changed();
});
editor.on("blur", () => saver.flush());
takeOver();
count();

/** Somebody may have begun to write in the plain form, on a slow line or without script: not a letter is lost. */
function takeOver() {
  const { value, defaultValue } = plain;
  // What stood there keeps its bold and its lists where it was only continued, and whatever was put back stays.
  if (defaultValue && !refused && value.startsWith(defaultValue)) append(value.slice(defaultValue.length));
  else if (editor.getHTML() !== stored && value !== defaultValue) append(`\n${value}`);
  else if (refused || value !== defaultValue) editor.commands.setContent(asHtml(value), AS_TYPED);
  if (!typing) return;
  editor.commands.setTextSelection(editor.state.doc.content.size);
  editor.view.focus(); // at once: the command waits for the next frame, and a letter typed meanwhile would go nowhere
}

function append(text) {
  const [first, ...others] = text.split("\n");
  if (first) editor.chain().setTextSelection(editor.state.doc.content.size).insertContent({ type: "text", text: first }).run();
  if (others.length) editor.commands.insertContentAt(editor.state.doc.content.size, asHtml(others.join("\n")));
}

const toolbar = find("[data-tools]");
if (toolbar) {
  const link = () => askForLink(document.getElementById("link"), editor);
  listenForTools(toolbar, editor, link);
  editor.view.dom.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      link();
    }
  });
}

const dialog = document.getElementById("hand-in");
if (dialog) listenForPlaces(dialog, editor, () => tell("[data-problem]", section.dataset.textGone));
find("[data-hand-in]")?.addEventListener("click", handIn);

/** What is handed in is what the server has confirmed, so it is saved first. */
async function handIn() {
  const saved = await saver.flush();
  if (editor.isEmpty) return tell("[data-problem]", section.dataset.textEmpty);
  if (!saved) return tell("[data-problem]", section.dataset.textUnsaved);
  const opened = await openLookOver(dialog, section.dataset.lookOverUrl, saver.version);
  return tell("[data-problem]", opened ? "" : section.dataset.textUnreached);
}

// A page that the browser kept would show an editor for a piece that is with the trainer by now.
window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
