// Requests that go on after their page has gone: browsers allow that to 64 KiB at a time, and refuse what is larger.

const MOST = 60000; // bytes

export const outlasts = (text) => text !== undefined && new Blob([text]).size <= MOST;
