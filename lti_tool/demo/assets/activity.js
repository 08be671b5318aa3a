// Does what the tool in the frame asks of the page around it: its height, a scroll to the top, the way back.

const frame = document.querySelector("iframe[data-tool]");
const DEEDS = {
  "lti.frameResize": ({ height }) => { frame.style.minHeight = `${Math.max(0, Math.round(Number(height)) || 0)}px`; },
  "lti.scrollToTop": () => { window.scrollTo(0, 0); },
  "lti.capabilities": ({ message_id }, source, origin) => {
    const supported_messages = Object.keys(DEEDS).map((subject) => ({ subject }));
    source.postMessage({ subject: "lti.capabilities.response", message_id, supported_messages }, origin);
  },
  "lti.close": () => { window.location.assign(frame.dataset.back); },
};

window.addEventListener("message", ({ origin, source, data }) => {
  if (origin !== frame.dataset.tool || source !== frame.contentWindow) return;
  DEEDS[data?.subject]?.(data, source, origin);
});
