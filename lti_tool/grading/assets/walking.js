// Pieces that are only read: next and previous by the same keys as where they are marked.

import { walkTo } from "./_walking.js";

const KEYS = { PageDown: "next", PageUp: "previous" };

document.addEventListener("keydown", (event) => {
  const where = event.altKey ? KEYS[event.key] : event.key === "Enter" && (event.ctrlKey || event.metaKey) && "next";
  if (where && walkTo(where)) event.preventDefault();
});
