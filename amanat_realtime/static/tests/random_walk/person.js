import {edit} from "@odoo/hoot-dom";
import {pass} from "./clock";

/** Somebody at this tab, with what they typed in mind. */
export class Person {
    /** @param {import("./prng").Prng} rng */
    constructor(rng) {
        this.rng = rng;
        /** @type {{el: HTMLElement, text: string} | null} in an input, not committed */
        this.typing = null;
        this.counter = 0;
    }

    /** @param {HTMLElement} el focused input */
    async typeIn(el) {
        const text = `typed ${++this.counter}`;
        await edit(text, {confirm: false});
        this.typing = {el, text};
        return text;
    }

    forget() {
        this.typing = null;
    }

    /** Messages overtake the answer; the person waits for it. */
    async load(walk) {
        await pass(this.rng.int(50));
        walk.deliverSome();
        await pass(150);
    }

    /** What is being typed stays, and so does the focus. */
    check() {
        const {typing} = this;
        if (!typing) {
            return;
        }
        const {el, text} = typing;
        if (!el.isConnected || el.value !== text) {
            const where = el.isConnected ? `became “${el.value}”` : "is off the screen";
            throw new Error(`“${text}” ${where}`);
        }
        const active = document.activeElement;
        if (active !== el) {
            const {tagName, className} = active;
            throw new Error(`“${text}” lost the focus to ${tagName}.${className}`);
        }
    }

    /** Filters and groups of the search view. */
    async search(walk, type) {
        const {searchModel} = walk.controller.env;
        const items = Object.values(searchModel.searchItems).filter(
            (item) => item.type === type
        );
        const {id} = this.rng.pick(items);
        if (type === "dateGroupBy") {
            searchModel.toggleDateGroupBy(id, "month");
        } else {
            searchModel.toggleSearchItem(id);
        }
        await this.load(walk);
        const {groupBy, domain} = walk.model.root;
        return `${type} ${JSON.stringify([groupBy, domain])}`;
    }
}
