// Shows moments, which the server writes in UTC, in the reader's own time and manner.

const STYLES = {
  datetime: { dateStyle: "long", timeStyle: "short" },
  date: { dateStyle: "long" },
  time: { timeStyle: "short" },
};

/** The page's language as the reader's browser speaks it: a page in English reads "21 November" in Europe. */
export function manner() {
  const language = document.documentElement.lang || "en";
  const own = navigator.languages.find((one) => one.split("-")[0] === language.split("-")[0]) ?? language;
  return own === "en" ? "en-GB" : own; // who only says English reads times as the server writes them
}

/**
 * A moment in the reader's own words and time.
 * @param {Date} moment
 * @param {string} style datetime, date or time
 * @param {string | undefined} zone the reader's own unless given
 */
export function speakMoment(moment, style = "datetime", zone = undefined) {
  return new Intl.DateTimeFormat(manner(), { ...STYLES[style], timeZone: zone }).format(moment);
}

/** When something was: the time alone on the same day, else with its day. */
export function speakWhen(moment) {
  const isToday = new Date().toDateString() === moment.toDateString();
  return speakMoment(moment, isToday ? "time" : "datetime");
}

export function showMoments(root) {
  for (const element of root.querySelectorAll("time[data-pw-moment]")) {
    // A day without a time is the same day everywhere.
    const zone = element.dateTime.includes("T") ? undefined : "UTC";
    element.textContent = speakMoment(new Date(element.dateTime), element.dataset.pwMoment, zone);
  }
}
