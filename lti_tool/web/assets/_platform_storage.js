// Asks the LMS to keep something for us, or to give it back, where the browser keeps nothing in a frame of another
// site (LTI Client Side postMessages and LTI postMessage Storage, 0.1).

const SPELLINGS = ["lti.", "org.imsglobal.lti."]; // some platforms know the draft's names only
const PAUSE = 400; // milliseconds between two tries: the platform's frame may still be loading
const PATIENCE = 8000; // a school computer may be busy for seconds with the page of the LMS around us

/** Keep `value` under `key`; resolves to whether the platform says that it did. `where` is {target, origin}. */
export async function putData(where, key, value) {
  const answer = await ask(where, "put_data", { key, value });
  return answer !== null && (answer.value === undefined || answer.value === value);
}

/** What is kept under `key`, or null. */
export async function getData(where, key) {
  const value = (await ask(where, "get_data", { key }))?.value;
  return typeof value === "string" ? value : null;
}

/** The platform's answer, or null: it refused, or did not answer in time. */
function ask({ target, origin }, verb, body) {
  if (!target || !origin || window.parent === window) return Promise.resolve(null);
  const id = randomId();
  return new Promise((settle) => {
    let tries = 0;
    const send = () => {
      const subject = SPELLINGS[Math.floor(tries / 2) % SPELLINGS.length] + verb;
      tries += 1;
      post(target, { subject, message_id: id, ...body }, origin);
    };
    const hear = (event) => {
      const data = event.origin === origin ? asObject(event.data) : null;
      if (data?.message_id !== id || !String(data.subject).includes(verb)) return;
      // That it does not know the draft's name says nothing about the other.
      if (!data.error) end(data);
      else if (String(data.subject).startsWith(SPELLINGS[0])) end(null);
    };
    const end = (answer) => {
      window.removeEventListener("message", hear);
      clearInterval(again);
      clearTimeout(late);
      settle(answer);
    };
    window.addEventListener("message", hear);
    const again = setInterval(send, PAUSE);
    const late = setTimeout(end, PATIENCE, null);
    send();
  });
}

// The name comes from outside: it may be no frame's, and of another site's window even reading it is then an error.
function post(target, message, origin) {
  try {
    const frame = target === "_parent" ? window.parent : window.parent.frames[target];
    frame.postMessage(message, origin);
  } catch {
    // Perhaps it is still loading.
  }
}

function asObject(data) {
  if (typeof data === "object") return data;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** 128 random bits as hexadecimal digits. */
export function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
