// Files that are dropped on the page or pasted into it, as a screenshot: they cannot be kept, and must not take its place.

// Programs put pictures beside words, too: words are taken.
function isFilesOnly(data) {
  const kinds = [...(data?.types ?? [])];
  return kinds.includes("Files") && !kinds.includes("text/plain") && !kinds.includes("text/html");
}

// `root` is the window: what the tool's own page around a unit has dealt with does not get there.
export function refuseFiles(root, say) {
  const refuse = (event, data) => {
    if (!isFilesOnly(data)) return;
    event.preventDefault();
    if (event.type !== "dragover") say();
  };
  for (const kind of ["dragover", "drop"]) root.addEventListener(kind, (event) => refuse(event, event.dataTransfer));
  root.addEventListener("paste", (event) => refuse(event, event.clipboardData));
}
