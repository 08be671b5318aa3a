// Does what the tool in the frame asks of the page around it: its height, a scroll to the top, the way back.

const frame = document.querySelector("iframe[data-tool]");
const DEEDS = {
  "lti.frameResize": ({ height }) => { frame.style.minHeight = `${Math.max(0, Math.round(Number(height)) || 0)}px`; },
  "lti.scrollToTop": () => { window.scrollTo(0, 0); },
  "lti.close": () => { window.location.assign(frame.dataset.back); },
};

window.addEventListener("message", ({ origin, source, data }) => {
  if (origin !== frame.dataset.tool || source !== frame.contentWindow) return;
  DEEDS[data?.subject]?.(data);
});
