// Shows moments, which the server writes in UTC, in the reader's own time.

const STYLES = {
  datetime: { dateStyle: "long", timeStyle: "short" },
  date: { dateStyle: "long" },
  time: { timeStyle: "short" },
};

export function showMoments(root) {
  for (const element of root.querySelectorAll("time[data-pw-moment]")) {
    const style = STYLES[element.dataset.pwMoment] ?? STYLES.datetime;
    element.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(element.dateTime));
  }
}
