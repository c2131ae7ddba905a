const globals = require("globals");
const js = require("@eslint/js");
const jsdoc = require("eslint-plugin-jsdoc");

module.exports = [
    {ignores: ["**/static/lib/**", ".odoo/**"]},
    js.configs.recommended,
    {
        plugins: {jsdoc},
        settings: {jsdoc: {mode: "typescript"}},
        rules: {
            "array-callback-return": "error",
            eqeqeq: "error",
            "init-declarations": "error",
            "no-array-constructor": "error",
            "no-caller": "error",
            "no-duplicate-imports": "error",
            "no-else-return": "error",
            "no-empty-function": "error",
            "no-eval": "error",
            "no-extend-native": "error",
            "no-implied-eval": "error",
            "no-iterator": "error",
            "no-labels": "error",
            "no-lone-blocks": "error",
            "no-lonely-if": "error",
            "no-new-func": "error",
            "no-new-wrappers": "error",
            "no-proto": "error",
            "no-return-assign": "error",
            "no-self-compare": "error",
            "no-sequences": "error",
            "no-throw-literal": "error",
            "no-undef-init": "error",
            "no-unneeded-ternary": "error",
            "no-unused-expressions": "error",
            "no-use-before-define": [
                "error",
                {functions: false, classes: false, variables: false},
            ],
            "no-useless-call": "error",
            "no-useless-computed-key": "error",
            "no-useless-concat": "error",
            "no-useless-constructor": "error",
            "no-useless-rename": "error",
            "no-var": "error",
            "operator-assignment": ["error", "always"],
            "prefer-const": "error",
            radix: "error",
            "spaced-comment": ["error", "always"],
            yoda: "error",
            "jsdoc/check-alignment": "error",
            "jsdoc/check-param-names": ["error", {checkDestructured: false}],
            "jsdoc/check-tag-names": "error",
            "jsdoc/valid-types": "error",
        },
    },
    {
        // as in Odoo itself, every source is a native module
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
    },
    {
        files: ["e2e/**/*.js", "benchmarks/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "script",
            globals: {...globals.browser, odoo: "readonly"},
        },
    },
    {
        files: ["*.cjs"],
        languageOptions: {sourceType: "commonjs", globals: globals.node},
    },
];
