// What LMSs do that no specification has, put around a strict API, as the page's address and the tests ask:
//
//   refuse=PATTERN    elements that the LMS does not want      without=NAMES  functions that are missing
//   initialize=false  the visit may not begin                  slow=NUMBER    milliseconds that every call takes
//   window.failing    so many commits (and the end) still fail window.endSession()  the LMS has ended the visit
//   window.vanish()   the LMS's window is gone: every call throws

// `names` has the edition's functions and, in `over`, what each answers GetLastError with after the end.
window.makeHostile = (api, names, note) => {
  const options = Object.fromEntries(new URLSearchParams(window.location.search));
  const refuses = (element) => options.refuse && new RegExp(options.refuse).test(element);
  let [ended, gone, code] = [false, false, "0"];
  window.failing = Number(options.failing ?? 0);
  window.endSession = () => (ended = true);
  window.vanish = () => (gone = true);

  function interfere(name, values) {
    const until = performance.now() + Number(options.slow ?? 0);
    while (performance.now() < until);
    if (gone) throw new Error("the LMS's window is gone");
    if (name === names.error) return code === "0" ? null : code;
    code = ended ? (names.over[name] ?? "0") : "0";
    if (ended) return name === names.get ? "" : "false";
    if (name === names.start && options.initialize === "false") return refuse(name, values);
    if (name === names.set && refuses(values[0])) return refuse(name, values);
    if (name === names.get && refuses(values[0])) return note(name, values) ?? "";
    if (![names.commit, names.finish].includes(name) || window.failing <= 0) return null;
    window.failing -= 1;
    return refuse(name, values);
  }

  function refuse(name, values) {
    note(name, values);
    code = "101";
    return "false";
  }

  const around = (name) => (...values) => interfere(name, values) ?? api[name](...values);
  const hostile = Object.fromEntries(Object.keys(api).map((name) => [name, around(name)]));
  for (const name of (options.without ?? "").split(",")) delete hostile[name];
  return hostile;
};
