// What LMSs do that no specification has, put around a strict API.
//
// `options`: refuse (a pattern of elements that the LMS does not want), without (names of functions that are missing),
// initialize ("false": the visit may not begin), slow (milliseconds that every call takes).
// `faults`, which may change meanwhile: failing (so many commits, and the end, still fail), ended (the LMS has ended the
// visit), gone (its window is gone: every call throws). `note(name, values)` is told of every call that is refused here.

export function makeHostile(api, { names, over }, note, options, faults) {
  const refuses = (element) => options.refuse && new RegExp(options.refuse).test(element);
  let code = "0";

  function refuse(name, values) {
    note(name, values);
    code = "101";
    return "false";
  }

  // What the LMS answers in place of the strict one, or null.
  function interfere(name, values) {
    const until = performance.now() + Number(options.slow ?? 0);
    while (performance.now() < until);
    if (faults.gone) throw new Error("the LMS's window is gone");
    if (name === names.error) return code === "0" ? null : code;
    code = faults.ended ? (over[name] ?? "0") : "0";
    if (faults.ended) return name === names.get ? "" : "false";
    if (name === names.start && options.initialize === "false") return refuse(name, values);
    if (name === names.set && refuses(values[0])) return refuse(name, values);
    if (name === names.get && refuses(values[0])) return note(name, values) ?? "";
    if (![names.commit, names.finish].includes(name) || faults.failing <= 0) return null;
    faults.failing -= 1;
    return refuse(name, values);
  }

  const around = (name) => (...values) => interfere(name, values) ?? api[name](...values);
  const missing = (options.without ?? "").split(",");
  return Object.fromEntries(Object.keys(api).filter((name) => !missing.includes(name)).map((name) => [name, around(name)]));
}
