// Sends the answer on its way to the platform, once: whoever comes back to this page presses the button or leaves.

const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
const form = document.querySelector("form[data-answer]");
if (form && arrival?.type !== "back_forward") form.submit();
