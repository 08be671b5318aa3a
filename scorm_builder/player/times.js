// Times of day in the reader's own manner, as the tool's pages say them: a unit in English reads "16:05" in Europe.

// The page's language as the reader's browser speaks it.
function manner(language) {
  const own = navigator.languages.find((one) => one.split("-")[0] === language.split("-")[0]) ?? language;
  return own === "en" ? "en-GB" : own;
}

export const speakTime = (moment, language) => new Intl.DateTimeFormat(manner(language), { timeStyle: "short" }).format(moment);
