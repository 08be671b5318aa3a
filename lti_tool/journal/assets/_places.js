// Where words stand in the editor's document: lti_tool/journal/personal_data/finding.py names them by how often they stand before.

/**
 * The place of these words as positions of ProseMirror; `number` is how often they stand before. Words that stand less
 * often than that, since the text was changed meanwhile, are found where they stand last. Nothing where they do not.
 */
export function findPlace(doc, quote, number) {
  const { text, positions } = readText(doc);
  const found = [...text.matchAll(asPattern(quote))];
  const place = found[Math.min(number, found.length - 1)];
  if (!place) return null;
  return { from: positions[place.index], to: positions[place.index + place[0].length - 1] + 1 };
}

/** The document's text, a line for each of its own, and for each of its letters where it stands. */
function readText(doc) {
  const letters = [];
  const positions = [];
  const add = (text, position) => {
    for (let index = 0; index < text.length; index += 1) {
      letters.push(text[index]);
      positions.push(position + index);
    }
  };
  doc.descendants((node, position) => {
    if (node.isText) add(node.text, position);
    else if (node.isTextblock || node.isLeaf) add("\n", position);
    return true;
  });
  return { text: letters.join(""), positions };
}

function asPattern(quote) {
  const words = quote.split(/\s+/).filter(Boolean).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return new RegExp(words.join("[^\\S\\n]+"), "g");
}
