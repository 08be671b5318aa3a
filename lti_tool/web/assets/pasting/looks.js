// How pasted elements look, read from their tags, classes and `style` attributes: a page under a content security
// policy that forbids inline styles still has the attribute's text.

const SCHEMES = /^(https?|mailto|tel):/i;
const LIST_PARAGRAPH = /(^|\s)x?MsoList(Paragraph|Bullet|Number)/i;
const TITLE = /(^|\s)x?MsoTitle/i;
const GAP = "[\\u00A0\\t ]{2,}|\\t|\\u00A0";
const BULLET = new RegExp(`^\\s*[·•●○■□▪◦‣∙➢✓§ØüqvoÞ\\uF0A7\\uF0B7\\uF0D8-](${GAP})`);
const NUMBER = new RegExp(`^\\s*\\(?(\\d{1,4}|[a-z]|[ivx]{1,5})[.)](${GAP})`, "i");
const ORDERED = /^\s*\(?(\d{1,4}|[a-z]{1,5})[.)]/i;

export const isAddress = (href) => SCHEMES.test(href);

/**
 * What an element's style says that matters here.
 * @param {{attributes?: Record<string, string>}} node
 */
export function looksOf({ attributes = {} }) {
  const style = declarations(attributes.style ?? "");
  const list = style["mso-list"] ?? "";
  return {
    style,
    hidden: style.display === "none" || style["mso-hide"] === "all" || "hidden" in attributes,
    isMarker: /^ignore/i.test(list),
    isListed: /\blevel\d/i.test(list),
    level: Number(/\blevel(\d)/i.exec(list)?.[1] ?? attributes["data-aria-level"] ?? attributes["aria-level"]) || undefined,
  };
}

function declarations(style) {
  const pairs = style.split(";").map((one) => /^\s*([\w-]+)\s*:\s*(.*?)\s*(?:!important)?$/s.exec(one)).filter(Boolean);
  return Object.fromEntries(pairs.map(([, name, value]) => [name.toLowerCase(), value.toLowerCase()]));
}

/** Which marks hold inside the element, of {bold, italic, href}; only those that it changes. */
export function marksOf({ tag, attributes }, { style }) {
  const marks = {};
  if (tag === "b" || tag === "strong") marks.bold = true;
  if (tag === "i" || tag === "em") marks.italic = true;
  const weight = style["font-weight"];
  if (/^(bold|bolder|[6-9]\d\d)$/.test(weight)) marks.bold = true;
  else if (/^(normal|lighter|[1-5]\d\d)$/.test(weight)) marks.bold = false;
  const slant = style["font-style"] ?? "";
  if (/^(italic|oblique)/.test(slant)) marks.italic = true;
  else if (slant === "normal") marks.italic = false;
  if (tag === "a" && isAddress((attributes.href ?? "").trim())) marks.href = attributes.href.trim();
  return marks;
}

export function isHeading({ tag, attributes }) {
  return /^h[1-6]$/.test(tag) || attributes.role === "heading" || (tag === "p" && TITLE.test(attributes.class ?? ""));
}

/** How deep a heading stands: 1 to 6 as in HTML, 0 for the title of a document. */
export function rankOf({ tag, attributes }) {
  if (TITLE.test(attributes.class ?? "")) return 0;
  return Number(attributes["aria-level"] ?? tag.slice(1)) || 2;
}

/** Whether it is an item of a list; word processors write items as paragraphs. */
export function isItem(node, { isListed }) {
  if (isHeading(node)) return false; // numbered, maybe, and a heading all the same
  if (node.tag === "li" || isListed) return true;
  return node.tag === "p" && markerOf(node) !== null;
}

/** Of an item that is a paragraph: {ordered, number}. Its marker is taken out where it is text among texts. */
export function numberOf(node, { isListed }) {
  const marker = isListed ? textOf(findMarker(node) ?? { children: [] }) : takeMarker(node);
  const ordered = ORDERED.exec(marker)?.[1];
  return { ordered: ordered !== undefined, number: /^\d+$/.test(ordered ?? "") ? Number(ordered) : undefined };
}

function markerOf(node) {
  const text = textOf(node);
  const isList = LIST_PARAGRAPH.test(node.attributes.class ?? "");
  const found = BULLET.exec(text) ?? NUMBER.exec(text);
  // Elsewhere only a row of spaces that nobody types makes it an item.
  return found && (isList || /\u00A0{2}|\u00A0 \u00A0/.test(found[0])) ? found[0] : null;
}

function takeMarker(node) {
  const marker = markerOf(node) ?? "";
  cut(node, marker.length);
  return marker;
}

function cut(node, count) {
  let left = count;
  node.children = node.children.map((child) => {
    if (!left) return child;
    if (typeof child !== "string") {
      left = cut(child, left);
      return child;
    }
    const kept = child.slice(left);
    left = Math.max(0, left - child.length);
    return kept;
  });
  return left;
}

function findMarker(node) {
  if (typeof node === "string") return null;
  if (looksOf(node).isMarker) return node;
  for (const child of node.children) {
    const found = findMarker(child);
    if (found) return found;
  }
  return null;
}

function textOf(node) {
  return typeof node === "string" ? node : node.children.map(textOf).join("");
}
