// What the server gave a control, whatever somebody has typed or chosen since, before a script came as well.

export function givenValue(control) {
  if (control.tagName !== "SELECT") return control.defaultValue;
  const options = [...control.options];
  return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? "";
}
