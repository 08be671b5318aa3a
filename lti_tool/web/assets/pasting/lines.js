// One line of pasted text while it is read: runs of {text, bold, italic, href}, or {isBreak}, with spaces put in order.

const SPACES = /[ \t\r\n\f]+/g;
const GAP = /[ \u00A0]* [ \u00A0]*|\u00A0{2,}/g; // a single no-break space may be meant
const EDGE = /^[ \u00A0]+/;
const END = /[ \u00A0]+$/;

export class Line {
  #runs = [];

  add(text, { bold = false, italic = false, href = "", keepsLines = false }) {
    const lines = keepsLines ? text.split(/\r?\n/) : [text];
    lines.forEach((line, number) => {
      if (number) this.break();
      this.#runs.push({ text: line.replace(SPACES, " "), bold, italic, href });
    });
  }

  break() { this.#runs.push({ isBreak: true }); }

  /** The lines so far, begun anew: an empty line between parts them, and nothing is left of lines without text. */
  take(isHeading) {
    const runs = joined(this.#runs.map((run) => (isHeading && run.bold ? { ...run, bold: false } : run)));
    this.#runs = [];
    return parted(runs).map(trimmed).filter((line) => line.length);
  }
}

const alike = (one, other) => ["bold", "italic", "href", "isBreak"].every((name) => one[name] === other[name]);

function joined(runs) {
  const kept = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if (last && !run.isBreak && alike(last, run)) last.text += run.text;
    else kept.push({ ...run });
  }
  return kept;
}

// Two breaks with nothing between them end a paragraph.
function parted(runs) {
  let line = /** @type {object[]} */ ([]);
  const lines = [line];
  let breaks = 0;
  for (const run of runs) {
    if (run.isBreak) breaks += 1;
    else if (breaks && !run.text.trim()) continue;
    else {
      if (breaks > 1) lines.push(line = []);
      else if (breaks) line.push({ isBreak: true });
      breaks = 0;
      line.push(run);
    }
  }
  return lines;
}

function trimmed(runs) {
  const line = [];
  let after = true; // behind the edge, a break or a space
  for (const run of runs) {
    if (run.isBreak) {
      after = true;
      line.push(run);
      continue;
    }
    const text = run.text.replace(GAP, " ").replace(after ? EDGE : /^$/, "");
    if (!text) continue;
    after = text.endsWith(" ");
    line.push({ ...run, text });
  }
  return withoutEnds(line);
}

function withoutEnds(line) {
  const kept = line.map((run, place) => {
    const ends = place === line.length - 1 || line[place + 1].isBreak;
    return run.isBreak || !ends ? run : { ...run, text: run.text.replace(END, "") };
  });
  while (kept.length && (kept.at(-1).isBreak || !kept.at(-1).text)) kept.pop();
  while (kept.length && kept[0].isBreak) kept.shift();
  return kept;
}
