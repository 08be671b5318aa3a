// Says how many activities are chosen, beside the button that leads on, and keeps them in the address: so they are
// still there for whoever comes back by the browser's own button.

const form = document.querySelector("[data-picker]");
const count = form.querySelector("[data-count]");

function show() {
  const chosen = form.querySelectorAll("[name=chosen]:checked").length;
  const { textNone, textOne, textMany } = form.dataset;
  count.textContent = [textNone, textOne][chosen] ?? textMany.replace("{count}", chosen);
}

form.addEventListener("change", () => {
  show();
  const chosen = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  history.replaceState(history.state, "", `${form.dataset.address}?${chosen}`);
});
// Going back, browsers put the ticks back in after the page is there.
window.addEventListener("pageshow", show);
show();
