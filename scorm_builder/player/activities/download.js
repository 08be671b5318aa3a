// Something to take along: a link, with nothing to be kept or marked.

export const download = {
  question: () => ({}),
  mount() {},
  given: () => null,
  show() {},
  missing: () => null,
  mark: () => ({ points: null, said: ["kept"] }),
  reveal() {},
  hide() {},
  interactions: () => [],
};
