// What we use of scorm-again's two runtimes: its own types name a default export where its modules have these names.

declare class Runtime {
  constructor(settings?: Record<string, unknown>);
  on(call: string, listener: () => void): void;
  loadFromFlattenedJSON(elements: Record<string, string>): void;
  getFlattenedCMI(): Record<string, string>;
  throwSCORMError(element: string, code: number, message?: string): void;
  lmsSetValue(element: string, value: unknown): string;
}

export class Scorm12API extends Runtime {}
export class Scorm2004API extends Runtime {}
