// What the browser code may take for granted of the pages it runs in. The selectors of a script and the template they
// look into belong together, and the tests of the page hold them together: so what a selector finds is not doubted here.

interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface NonElementParentNode {
  getElementById(id: string): any;
}

interface Document {
  getElementById(id: string): any;
  addEventListener(type: `htmx:${string}`, listener: (event: CustomEvent) => void): void;
}

interface Element {
  closest(selectors: string): any;
}

interface Window {
  /** What web/assets/tab.js gives to scripts of a page whose proof the tab holds. */
  partnerwise?: { requestHeaders(): Record<string, string>; keep(value: string): Promise<void> };
  /** The pages of a unit that come after its first one (scorm_builder/player/later.js). */
  partnerwisePages: Record<string, string>;
  API?: unknown;
  API_1484_11?: unknown;
}
