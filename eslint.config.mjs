import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

import { noFloatingGenerator } from "./eslint-rules/no-floating-generator.mjs";

/** Forbids imports from the given top-level folders: the arrows of the architecture, enforced. */
const mayNotImport = (...folders) => ({
  "no-restricted-imports": [
    "error",
    {
      patterns: [
        { regex: `^(\\.\\./)+(${folders.join("|")})(/|$)`, message: "See docs/architecture.md." },
      ],
    },
  ],
});

export default defineConfig([
  globalIgnores(["dist/", "coverage/", "reference/native/build/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { local: { rules: { "no-floating-generator": noFloatingGenerator } } },
    rules: {
      "local/no-floating-generator": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", setTimeout: "readonly" },
    },
  },
  {
    // Scripts that share one scope and run in a browser; tsc checks their names.
    files: ["harness/report/html/client/*.js"],
    languageOptions: { sourceType: "script" },
    rules: { "no-undef": "off", "no-unused-vars": ["error", { vars: "local" }] },
  },
  {
    // A fault replaces methods the reference keeps private, which have no type out here.
    files: ["conformance/faults/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  { files: ["spec/**/*.ts"], rules: mayNotImport("reference", "conformance", "harness") },
  { files: ["reference/**/*.ts"], rules: mayNotImport("conformance", "harness") },
  { files: ["harness/**/*.ts"], rules: mayNotImport("reference", "conformance") },
  {
    files: ["harness/**/*.ts"],
    ignores: ["harness/cli/**", "**/*.test.ts", "**/testing.ts"],
    rules: mayNotImport("reference", "conformance", "cli"),
  },
  prettier,
]);
