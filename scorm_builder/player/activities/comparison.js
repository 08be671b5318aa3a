// Before and now: a table that says it, and a radar that shows it (drawn only for three statements or more).

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 90;
const CENTRE = 110;

export function showComparison(element, given, before, say) {
  const rows = [...element.querySelectorAll("[data-statement]")].map((row, place) => ({
    text: row.querySelector("legend").textContent,
    levels: [...row.querySelectorAll("label")].map((label) => label.textContent),
    before: before[row.dataset.statement],
    now: given[place],
  }));
  const compared = rows.filter((row) => Number.isInteger(row.before));
  const place = element.querySelector("[data-comparison]");
  place.hidden = compared.length === 0;
  place.replaceChildren(...(compared.length ? [tableOf(compared, say), ...radarOf(compared, say)] : []));
}

function tableOf(rows, say) {
  const table = document.createElement("table");
  table.createCaption().textContent = say("comparison");
  const head = table.createTHead().insertRow();
  for (const name of ["statement", "before", "now"]) head.append(cell("th", say(name), "col"));
  const body = table.createTBody();
  rows.forEach(({ text, levels, before, now }, place) => {
    const row = body.insertRow();
    row.append(cell("th", `${place + 1}. ${text}`, "row"), cell("td", levels[before]), cell("td", levels[now]));
    row.dataset.change = String(Math.sign(now - before));
  });
  const scroller = document.createElement("div");
  scroller.className = "pw-table";
  scroller.tabIndex = 0;
  scroller.append(table);
  return scroller;
}

function cell(tag, text, scope) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (scope) made.scope = scope;
  return made;
}

function radarOf(rows, say) {
  if (rows.length < 3) return [];
  const most = Math.max(...rows.map(({ levels }) => levels.length - 1));
  const picture = draw("svg", { viewBox: `0 0 ${2 * CENTRE} ${2 * CENTRE}`, class: "pw-radar", role: "img" });
  picture.setAttribute("aria-label", say("comparison_picture"));
  for (let ring = 1; ring <= most; ring += 1) picture.append(shape(rows.map(() => ring / most), "pw-ring"));
  picture.append(shape(rows.map(({ before }) => before / most), "pw-before"));
  picture.append(shape(rows.map(({ now }) => now / most), "pw-now"));
  rows.forEach((_, place) => {
    const [x, y] = point(place, rows.length, 1.12);
    const number = draw("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" });
    number.textContent = place + 1;
    picture.append(number);
  });
  const legend = document.createElement("p");
  legend.className = "pw-legend";
  legend.append(mark("pw-before", say("before")), mark("pw-now", say("now")));
  return [picture, legend];
}

const shape = (parts, name) =>
  draw("polygon", { class: name, points: parts.map((part, place) => point(place, parts.length, part).join(",")).join(" ") });

function point(place, all, part) {
  const angle = (2 * Math.PI * place) / all - Math.PI / 2;
  return [Math.cos(angle), Math.sin(angle)].map((side) => (CENTRE + RADIUS * part * side).toFixed(1));
}

function draw(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function mark(name, text) {
  const made = document.createElement("span");
  made.className = `${name}-key`;
  made.textContent = text;
  return made;
}
