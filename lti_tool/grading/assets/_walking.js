// From piece to piece, along the links that the page has.

/** Go there; false where there is no such piece. */
export function walkTo(where) {
  const link = document.querySelector(`[data-walk="${where}"]`);
  if (link) window.location.assign(link.href);
  return Boolean(link);
}
