// Shows every time of a page in the reader's own time zone; without scripts it stays UTC.
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export function localTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    element.textContent = format.format(new Date(element.dateTime));
  }
}

localTimes(document);
