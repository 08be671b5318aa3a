// Before a page goes by itself, whatever holds something that was typed is asked what becomes of it. Scripts of one page
// come in bundles of their own, so they speak by an event.

const LEAVING = "pw:leaving";

/**
 * Be asked when the page is to go.
 * @param {(isSure: boolean) => Promise<{saved: boolean, kept: boolean}>} answer whether the server has everything, or at
 *   least a draft; `isSure` where the page goes now, and not only where its person wants to know
 * @param {AbortSignal} [signal]
 */
export function whenLeaving(answer, signal) {
  const listen = (/** @type {any} */ { detail }) => detail.answers.push(answer(detail.isSure));
  document.addEventListener(LEAVING, listen, { signal });
}

/** Ask all; resolves to what they answered. */
export function askAll({ isSure }) {
  const answers = [];
  document.dispatchEvent(new CustomEvent(LEAVING, { detail: { answers, isSure } }));
  return Promise.all(answers);
}
