/**
 * Custom properties for elements with a certain attribute, in a style sheet of its own.
 *
 * Not as inline styles: Chromium finds the style of a whole page anew when one changes,
 * or a class does, if any rule has `:has([style…])` (html_editor has one).
 */
export class AttributeStyles {
    /**
     * @param {string} attribute
     * @param {(key: number) => string} declare its CSS declarations
     */
    constructor(attribute, declare) {
        this.attribute = attribute;
        this.declare = declare;
        this.sheet = new CSSStyleSheet();
        this.known = new Set();
    }

    /** @param {number} key value of the attribute, which has its properties from now on */
    define(key) {
        if (!this.known.has(key)) {
            this.known.add(key);
            const selector = `[${this.attribute}="${key}"]`;
            this.sheet.insertRule(`${selector} { ${this.declare(key)} }`);
        }
        if (!document.adoptedStyleSheets.includes(this.sheet)) {
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
        }
    }
}
