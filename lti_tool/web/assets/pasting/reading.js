// What word processors, mail programs, web pages and spreadsheets put on the clipboard, read as blocks of our own
// kinds. Pure: nodes are {tag, attributes, children} or texts. journal/foreign_markup.py reads the same on the server.

import { isHeading, isItem, looksOf, marksOf, numberOf, rankOf } from "./looks.js";
import { Line } from "./lines.js";

const SKIPPED = new Set("area datalist link map meta noscript script select style template title xml".split(" "));
const PICTURES = new Set("audio canvas embed iframe img object picture svg v:imagedata v:shape video".split(" "));
const BLOCKS = new Set(
  ("address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 head header html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul").split(" "),
);
const LISTS = new Set(["ul", "ol", "menu", "dir"]);
const CELLS = new Set(["td", "th"]);
const BETWEEN_CELLS = " | ";
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u; // joiners are components

/** {blocks, pictures}: what is to be kept, and how many pictures are not. Blocks are {heading, item, quoted, runs}. */
export function read(nodes, marks = {}) {
  const reader = new Reader();
  for (const node of nodes) reader.visit(node, marks);
  reader.end();
  return { blocks: reader.blocks, pictures: reader.pictures };
}

class Reader {
  blocks = [];
  pictures = 0;
  #line = new Line();
  #place = {};

  visit(node, place) {
    if (typeof node === "string") return this.#line.add(node, place);
    const { tag, children } = node;
    const looks = looksOf(node);
    if (SKIPPED.has(tag) || looks.hidden || looks.isMarker) return;
    if (PICTURES.has(tag)) return this.#picture(node, place);
    if (tag === "br") return this.#line.break();
    if (tag === "table" && !isLayout(node)) return this.#table(node, place);
    const inside = { ...place, ...marksOf(node, looks) };
    if (!BLOCKS.has(tag)) return this.#all(children, inside);
    this.end();
    this.#block(node, looks, inside);
    this.end();
  }

  /** Close the line that is being read. */
  end() {
    const { heading, item = null, quoted = false } = this.#place;
    for (const runs of this.#line.take(heading !== undefined)) this.blocks.push({ heading, item, quoted, runs });
  }

  #all(nodes, place) {
    for (const node of nodes) this.visit(node, place);
  }

  #block(node, looks, place) {
    const { tag } = node;
    const inside = { ...place, heading: isHeading(node) ? rankOf(node) : place.heading };
    if (tag === "blockquote") inside.quoted = true;
    if (tag === "pre") inside.keepsLines = true;
    if (LISTS.has(tag)) Object.assign(inside, { depth: (place.depth ?? 0) + 1, list: beginList(node) });
    else if (isItem(node, looks)) inside.item = itemOf(node, looks, place);
    this.#begin(inside);
    for (const child of node.children) {
      this.visit(child, inside);
      // Behind a block within this one the rest is its own again.
      if (child.tag && BLOCKS.has(child.tag)) this.#begin(inside);
    }
  }

  #begin(place) { this.#place = place; }

  #table(table, place) {
    this.end();
    for (const row of rowsOf(table)) {
      this.#begin(place);
      const cells = row.children.filter(({ tag }) => CELLS.has(tag) || tag === "caption");
      cells.forEach((cell, number) => {
        if (number) this.#line.add(BETWEEN_CELLS, place);
        this.#cell(cell, place);
      });
      this.end();
    }
  }

  #cell(cell, place) {
    const { bold, italic, href } = { ...place, ...marksOf(cell, looksOf(cell)) };
    const { blocks, pictures } = read(cell.children, { bold, italic, href });
    this.pictures += pictures;
    blocks.forEach(({ runs }, number) => {
      if (number) this.#line.add(" ", place);
      for (const run of runs) {
        this.#line.add(run.isBreak ? " " : run.text, run);
      }
    });
  }

  #picture({ attributes }, place) {
    const { alt = "", width, height } = attributes;
    if (EMOJI.test(alt)) return this.#line.add(alt, place);
    const unseen = Number(width) <= 1 && Number(height) <= 1 && width !== undefined; // counts who reads the mail
    if (!unseen && attributes["aria-roledescription"] !== "checkbox") this.pictures += 1;
  }
}

function beginList({ tag, attributes }) {
  return { ordered: tag === "ol", next: tag === "ol" ? wholeNumber(attributes.start) ?? 1 : undefined };
}

function itemOf(node, looks, { depth = 0, list }) {
  const level = Math.max(1, depth, looks.level ?? 0);
  if (node.tag !== "li") return { level, ...numberOf(node, looks) };
  const number = list?.ordered ? wholeNumber(node.attributes.value) ?? list.next : undefined;
  if (list) list.next = undefined; // only the first says where the list begins
  return { level, ordered: Boolean(list?.ordered), number };
}

function wholeNumber(text) {
  return /^\d{1,9}$/.test(text ?? "") ? Number(text) : undefined;
}

const GROUPS = new Set(["tbody", "thead", "tfoot"]);

function rowsOf(table) {
  return table.children.flatMap((child) => {
    if (child.tag === "caption") return [{ children: [child] }];
    if (GROUPS.has(child.tag)) return child.children.filter(({ tag }) => tag === "tr");
    return child.tag === "tr" ? [child] : [];
  });
}

// Mails, and web pages of old, put their parts side by side in tables.
function isLayout(table) {
  const width = (row) => row.children.filter(({ tag }) => CELLS.has(tag)).length;
  return table.attributes.role === "presentation" || rowsOf(table).every((row) => width(row) <= 1) || holdsParts(table);
}

function holdsParts({ children = [] }) {
  return children.some((child) => /^(table|h[1-6])$/.test(child.tag) || holdsParts(child));
}
