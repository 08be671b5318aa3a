// Time that passes only when a test says so.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock } from "node:test";

const STEP = 50; // milliseconds

// For every test of a file.
export function stopTheClock() {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-11-21T10:42:00Z") }));
  afterEach(() => mock.timers.reset());
}

// Lets all happen that can happen now.
export async function settle() {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((done) => setImmediate(done));
}

export async function pass(milliseconds) {
  await settle();
  for (let passed = 0; passed < milliseconds; passed += STEP) {
    mock.timers.tick(STEP);
    await settle();
  }
}

// Lets time pass until it is so.
export async function until(fits, most = 120_000) {
  await settle();
  for (let passed = 0; !fits(); passed += STEP) {
    assert.ok(passed < most, `not within ${most} ms: ${fits}`);
    mock.timers.tick(STEP);
    await settle();
  }
}

export const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
