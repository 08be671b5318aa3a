// A browser's windows, as far as trackers know of them: they share what is stored and cached, and may die at any moment.

import { createStorage } from "../../../scorm_builder/player/storage.js";

// As localStorage: the keys are its own properties.
class Area {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, text) {
    this[key] = String(text);
  }

  removeItem(key) {
    delete this[key];
  }
}

const NEVER = new Promise(() => {});

// As browsers do with what carries an ETag and says nothing of how long it holds.
function createCache() {
  const kept = new Map();
  return async (server, address, options) => {
    const isRead = (options.method ?? "GET") === "GET" && options.cache !== "no-store";
    if (isRead && kept.has(address)) return kept.get(address);
    const answer = await server(address, options);
    if (isRead && answer.ok && answer.headers.get("ETag")) kept.set(address, answer);
    return answer;
  };
}

export function createBrowser({ forbidden = false } = {}) {
  const area = new Area();
  const throughCache = createCache();
  return {
    area,
    unsent: () => Object.keys(area).filter((key) => key.includes(":unsent:")),
    // `server(address, options)` answers requests; a window that has died hears of no answer, and does nothing more.
    open(server = () => NEVER) {
      let dead = false;
      return {
        storage: createStorage(() => {
          if (forbidden || dead) throw new Error("no storage here");
          return area;
        }),
        async request(address, options = {}) {
          if (dead) return NEVER;
          const answer = await throughCache(server, address, options);
          return dead ? NEVER : answer;
        },
        die() {
          dead = true;
        },
      };
    },
  };
}

// What a request is answered with.
export function answerOf(status, value, headers = {}) {
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name) => headers[name] ?? null },
    json: async () => {
      if (value === undefined) throw new SyntaxError("no JSON");
      return structuredClone(value);
    },
  };
}
