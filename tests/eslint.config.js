// Few rules, each because of a fault that it has kept out; form is left to the hand. Run from the top: `make lint`.
import js from "@eslint/js";
import globals from "globals";

// A page's words are text: what is written into it as markup could be anybody's. The preview's own problems come as markup of ours.
const markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "createContextualFragment"].map((property) => ({
  property,
  message: "build elements and give them text",
}));

export default [
  { ignores: ["**/node_modules/**", "**/public/**", "**/.venv/**"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: {
      eqeqeq: "error", // "" == 0
      "no-var": "error", // a name is of its block
      "prefer-const": ["error", { destructuring: "all" }], // what changes is seen
      "no-implicit-coercion": ["error", { boolean: false, allow: ["!!"] }], // types are told apart by a name: Number(…), String(…)
      "no-eval": "error", // what comes from outside runs nothing
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-throw-literal": "error", // an error has a stack
      "no-promise-executor-return": "error", // a promise is kept or broken by its two functions alone
      "array-callback-return": "error", // a forgotten return makes a hole
      "no-constructor-return": "error",
      "no-self-compare": "error",
      "max-len": ["error", { code: 240, ignoreTemplateLiterals: true, ignoreComments: true }], // a line has an end
    },
  },
  {
    files: ["templates/**/*.js", "dossier/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: { "no-restricted-properties": ["error", ...markup], "no-console": ["error", { allow: ["warn"] }] },
  },
  { files: ["dossier/commands/serve/client.js"], rules: { "no-restricted-properties": ["error", ...markup.filter(({ property }) => property !== "insertAdjacentHTML")] } },
  { files: ["templates/worker.js"], languageOptions: { sourceType: "script", globals: globals.serviceworker } },
  { files: ["templates/offline.js"], languageOptions: { sourceType: "script", globals: { __MODULES__: "readonly" } } },
  { files: ["tests/**/*.js"], languageOptions: { globals: globals.node } },
];
