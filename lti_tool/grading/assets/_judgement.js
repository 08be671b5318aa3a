// What a trainer has chosen in the form: read, put back, shown to be compared.

const LEVEL = "level-";

const radios = (form) => [...form.querySelectorAll(`input[name^="${LEVEL}"]`)];
const nameOf = (radio) => radio.name.slice(LEVEL.length);

/** {levels: {criterion: points}, comment}; the names are sorted, so that equal judgements are equal texts. */
export function readJudgement(form) {
  return judgement(radios(form).filter((radio) => radio.checked), form.elements.comment.value);
}

/** The same as the server gave it. */
export function givenJudgement(form) {
  return judgement(radios(form).filter((radio) => radio.defaultChecked), form.elements.comment.defaultValue);
}

function judgement(pressed, comment) {
  const chosen = pressed.map((radio) => [nameOf(radio), Number(radio.value)]);
  chosen.sort(([one], [other]) => (one < other ? -1 : 1));
  return { levels: Object.fromEntries(chosen), comment: comment.replaceAll("\r\n", "\n").trim() };
}

export function writeJudgement(form, { levels, comment }) {
  for (const radio of radios(form)) radio.checked = levels[nameOf(radio)] === Number(radio.value);
  form.elements.comment.value = comment;
  radios(form)[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Show a judgement in an element: each chosen level, then the comment. */
export function showJudgement(form, element, { levels, comment }) {
  const list = document.createElement("ul");
  for (const criterion of form.querySelectorAll(".pw-criterion")) {
    const chosen = [...criterion.querySelectorAll("input")].find((radio) => levels[nameOf(radio)] === Number(radio.value));
    if (!chosen) continue;
    const item = list.appendChild(document.createElement("li"));
    item.textContent = `${titleOf(criterion)}: ${chosen.value}`;
  }
  const said = document.createElement("p");
  said.textContent = comment;
  element.replaceChildren(list, said);
}

/** The titles of the criteria without a level. */
export function openCriteria(form) {
  return [...form.querySelectorAll(".pw-criterion")].filter((one) => !one.querySelector("input:checked")).map(titleOf);
}

const titleOf = (criterion) => criterion.querySelector("legend").textContent.trim();
