// Blocks of pasted text written out: as the HTML of the editor's own schema, or as plain text for fields of words.

/** The blocks as HTML that the editor's schema takes whole. */
export function asHtml(blocks) {
  const levels = levelsOf(blocks);
  return groups(blocks, (one, other) => one.quoted === other.quoted)
    .map((group) => (group[0].quoted ? `<blockquote>${written(group, levels)}</blockquote>` : written(group, levels)))
    .join("");
}

/** The blocks as plain text: a line for each, a dash or a number before each item. */
export function asText(blocks) {
  const seen = new Set();
  const counted = [];
  return blocks.map(({ item, runs }) => {
    const text = runs.map((run) => (run.isBreak ? "\n" : run.text)).join("");
    if (!item || seen.has(item)) return text;
    seen.add(item);
    const { level, ordered } = item;
    const number = item.number ?? (counted[level] ?? 0) + 1;
    counted.length = level; // deeper ones begin anew
    counted[level] = number;
    return `${"  ".repeat(level - 1)}${ordered ? `${number}.` : "-"} ${text}`;
  }).join("\n");
}

// The highest of the headings is our larger one, and all others the smaller; our own levels stay.
function levelsOf(blocks) {
  const ranks = [...new Set(blocks.map(({ heading }) => heading).filter((rank) => rank !== undefined))].sort();
  if (ranks.every((rank) => rank === 3 || rank === 4)) return (rank) => rank;
  return (rank) => (rank === ranks[0] ? 3 : 4);
}

function groups(blocks, belongs) {
  const found = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (last && belongs(last.at(-1), block)) last.push(block);
    else found.push([block]);
  }
  return found;
}

function written(blocks, levels) {
  return groups(blocks, (one, other) => Boolean(one.item) === Boolean(other.item)).map((group) => {
    if (group[0].item) return lists(itemsOf(group));
    return group.map(({ heading, runs }) => element(heading === undefined ? "p" : `h${levels(heading)}`, runs)).join("");
  }).join("");
}

// What follows in an item, also behind a list within it, stands in the order in which it came.
function itemsOf(blocks) {
  const items = [];
  const seen = new Set();
  for (const { item, runs } of blocks) {
    if (seen.has(item)) items.at(-1).lines.push(runs);
    else items.push({ ...item, lines: [runs] });
    seen.add(item);
  }
  return items;
}

function lists(items) {
  let html = "";
  for (let rest = items; rest.length;) {
    const end = endOfList(rest);
    html += list(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return html;
}

// A list ends where its kind changes, where it rises, or where the numbers begin anew.
function endOfList([first, ...others]) {
  let next = (first.number ?? 1) + 1;
  const end = others.findIndex((item) => {
    if (item.level !== first.level) return item.level < first.level;
    if (item.ordered !== first.ordered || (item.ordered && (item.number ?? next) !== next)) return true;
    next += 1;
    return false;
  });
  return end < 0 ? others.length + 1 : end + 1;
}

function list(items) {
  const [{ level, ordered, number }] = items;
  const tag = ordered ? "ol" : "ul";
  const start = ordered && number !== undefined && number !== 1 ? ` start="${number}"` : "";
  const inner = groups(items, (_, item) => item.level > level).map(([item, ...deeper]) => (
    `<li>${item.lines.map((runs) => element("p", runs)).join("")}${lists(deeper)}</li>`
  ));
  return `<${tag}${start}>${inner.join("")}</${tag}>`;
}

function element(tag, runs) {
  return `<${tag}>${runs.map(inline).join("")}</${tag}>`;
}

function inline({ isBreak, text, bold, italic, href }) {
  if (isBreak) return "<br>";
  let html = escaped(text);
  if (italic) html = `<em>${html}</em>`;
  if (bold) html = `<strong>${html}</strong>`;
  return href ? `<a href="${escaped(href)}">${html}</a>` : html;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\u00A0": "&nbsp;" };

function escaped(text) {
  return text.replace(/[&<>"\u00A0]/g, (letter) => ENTITIES[letter]);
}
