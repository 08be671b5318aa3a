// The rules of all JavaScript here: those that find mistakes. How it looks is nobody's business but the reader's.

import js from "@eslint/js";
import { globalIgnores } from "eslint/config";
import globals from "globals";

// Names of `window` that are nearly always a variable that somebody forgot to declare.
const FORGOTTEN = [
  "blur", "close", "closed", "event", "external", "find", "focus", "frames", "length", "name", "open", "opener",
  "origin", "parent", "print", "screen", "scroll", "self", "status", "stop", "top",
];

const RULES = {
  "array-callback-return": "error",
  "default-case-last": "error",
  eqeqeq: "error",
  "no-constructor-return": "error",
  "no-control-regex": "off", // they are what a text is freed from
  "no-eval": "error",
  "no-implicit-coercion": "error",
  "no-implicit-globals": "error",
  "no-implied-eval": "error",
  "no-new-wrappers": "error",
  "no-self-compare": "error",
  "no-shadow": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unreachable-loop": "error",
  "no-unused-expressions": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "no-useless-return": "error",
  "no-var": "error",
  "prefer-const": "error",
  "prefer-promise-reject-errors": "error",
  radix: "error",
};

export default [
  globalIgnores([".venv/", "build/", "dist/", "var/", "**/built/", "**/static/", "lti_tool/course/bundle/", "lti_tool/demo/packages/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  { rules: RULES },
  {
    files: ["lti_tool/**/*.js", "scorm_builder/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: { "no-restricted-globals": ["error", ...FORGOTTEN] },
  },
  { files: ["**/*.mjs", "tests/player/**"], languageOptions: { globals: globals.node } },
  { files: ["**/*.cjs"], languageOptions: { sourceType: "commonjs", globals: globals.node } },
  { files: ["tests/scorm_builder/lms/*.js"], languageOptions: { globals: globals.browser } },
];
