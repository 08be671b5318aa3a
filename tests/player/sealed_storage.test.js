// What the player keeps in a browser that several people use: sealed, and never taken from another window.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createSealedStorage } from "../../scorm_builder/player/sealed_storage.js";
import { createBrowser } from "./support/browser.js";
import { settle } from "./support/time.js";

const KEY = "pw:course:unit:unsent:carla:window";

// Seals by the person's name; `release` lets what is being sealed go on, where it waits.
function sealingOf(person) {
  return {
    canSeal: async () => true,
    seal: async (name, value) => Buffer.from(JSON.stringify([person, name, value])).toString("base64"),
    async unseal(name, text) {
      const [whose, where, value] = JSON.parse(Buffer.from(text, "base64").toString());
      return whose === person && where === name ? value : null;
    },
  };
}

async function open(browser, sealing = sealingOf("carla")) {
  const storage = createSealedStorage(sealing, () => browser.area);
  await storage.ready("pw:");
  return storage;
}

async function keep(storage, value, key = KEY) {
  assert.equal(storage.keep(key, value), true);
  await settle();
}

describe("the sealed storage", () => {
  it("gives its person what was kept, and shows nobody what it says", async () => {
    const browser = createBrowser();
    await keep(await open(browser), { at: "2026-11-21", words: "A father shouted" });
    assert.doesNotMatch(browser.area.getItem(KEY), /father/);
    assert.equal(JSON.parse(browser.area.getItem(KEY)).at, "2026-11-21");
    assert.deepEqual((await open(browser)).recallAll("pw:"), [[KEY, { at: "2026-11-21", words: "A father shouted" }]]);
    assert.deepEqual((await open(browser, sealingOf("bob"))).recallAll("pw:"), []);
  });

  it("keeps the newest where sealing an older one takes longer", async () => {
    const browser = createBrowser();
    const slow = sealingOf("carla");
    const { seal } = slow;
    const waiting = [];
    slow.seal = async (name, value) => {
      await new Promise((go) => { waiting.unshift(go); });
      return seal(name, value);
    };
    const storage = await open(browser, slow);
    for (const at of ["1", "2"]) storage.keep(KEY, { at });
    for (const go of waiting) {
      go();
      await settle();
    }
    assert.deepEqual((await open(browser)).recall(KEY), { at: "2" });
  });

  it("brings nothing back that was forgotten while it was sealed", async () => {
    const browser = createBrowser();
    const storage = await open(browser);
    storage.keep(KEY, { at: "1" });
    storage.forget(KEY);
    await settle();
    assert.equal(browser.area.getItem(KEY), null);
    assert.equal(storage.recall(KEY), null);
  });

  it("tells only the moment of what another window has written since", async () => {
    const browser = createBrowser();
    const first = await open(browser);
    await keep(first, { at: "1", words: "x" });
    const second = await open(browser);
    await keep(first, { at: "2", words: "y" });
    assert.deepEqual(second.recall(KEY), { at: "2" });
    assert.deepEqual(second.recallAll("pw:"), []);
  });

  it("passes over what is damaged, and what stood open before", async () => {
    const browser = createBrowser();
    for (const [number, text] of ["no JSON", '{"whole": {}, "at": "1"}', "null", '{"at": "1", "text": 5}'].entries()) {
      browser.area.setItem(`${KEY}${number}`, text);
    }
    assert.deepEqual((await open(browser)).recallAll("pw:"), []);
  });

  it("keeps nothing where nothing can be sealed, and says so", async () => {
    const browser = createBrowser();
    for (const sealing of [null, { canSeal: async () => false }]) {
      assert.equal((await open(browser, sealing)).keep(KEY, { at: "1" }), false);
    }
    assert.deepEqual(browser.unsent(), []);
  });
});
