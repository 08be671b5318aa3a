// The keys of the desk. Single figures work only within a row of levels, so they never get in the way of typing.

/** Listen on the form; `walk("next" | "previous")` and `finish()` are what the keys do beyond the form. */
export function listenForKeys(form, { walk, finish, changed }) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return act(event, finish);
    if (event.altKey && event.key === "PageDown") return act(event, () => walk("next"));
    if (event.altKey && event.key === "PageUp") return act(event, () => walk("previous"));
  });
  form.addEventListener("keydown", (event) => {
    const radio = event.target;
    if (radio.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) return;
    const group = [...form.querySelectorAll(`input[name="${CSS.escape(radio.name)}"]`)];
    const wanted = group.find((one) => one.value === event.key);
    if (wanted) act(event, () => choose(form, wanted, changed));
    else if (event.key === "Delete" || event.key === "Backspace") act(event, () => clear(group, radio, changed));
  });
}

function act(event, deed) {
  event.preventDefault();
  deed();
}

function choose(form, radio, changed) {
  radio.checked = true;
  changed(radio);
  const criteria = [...form.querySelectorAll(".pw-criterion")];
  const next = criteria[criteria.indexOf(radio.closest(".pw-criterion")) + 1];
  const target = next ? (next.querySelector("input:checked") ?? next.querySelector("input")) : form.elements.comment;
  target.focus();
}

function clear(group, radio, changed) {
  for (const one of group) one.checked = false;
  changed(radio);
}
