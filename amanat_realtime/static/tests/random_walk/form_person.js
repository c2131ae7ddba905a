import {click, press, queryAll, queryFirst} from "@odoo/hoot-dom";
import {pass} from "./clock";
import {Person} from "./person";

const NAME = ".o_form_view [name=name]:not(.o_data_cell *) input";
const LINE = ".o_data_row td[name=name]";
const LINE_INPUT = ".o_selected_row [name=name] input";
const MOST_WAITS = 60;

/** Somebody who fills in a form and its lines. */
export class FormPerson extends Person {
    get steps() {
        return [
            [2, () => this.type(NAME)],
            [3, () => this.typeInLine()],
            [1, () => this.addLine()],
            [1, () => this.removeLine()],
            [2, () => this.tab()],
            [2, (walk) => this.save(walk)],
            [1, () => this.discard()],
        ];
    }

    async type(selector) {
        const el = queryFirst(selector);
        if (!el) {
            return null;
        }
        if (document.activeElement !== el) {
            await click(el);
            await pass(100);
            if (!el.isConnected) {
                return "click";
            }
            el.focus();
        }
        const text = await this.typeIn(el);
        await pass(20);
        return `type “${text}” in ${selector}`;
    }

    async typeInLine() {
        const cell = this.rng.pick(queryAll(LINE));
        if (!cell) {
            return null;
        }
        this.forget();
        await click(cell);
        await pass(100);
        return queryFirst(LINE_INPUT) ? this.type(LINE_INPUT) : "click on a line";
    }

    async addLine() {
        const link = queryFirst(".o_field_x2many_list_row_add a");
        if (!link || queryAll(LINE).length > 8) {
            return null;
        }
        this.forget();
        await click(link);
        await pass(150);
        return queryFirst(LINE_INPUT) ? `add, ${await this.type(LINE_INPUT)}` : "add";
    }

    async removeLine() {
        const button = this.rng.pick(queryAll(".o_list_record_remove"));
        if (!button) {
            return null;
        }
        this.forget();
        await click(button);
        await pass(100);
        return "remove a line";
    }

    async tab() {
        if (!this.typing) {
            return null;
        }
        this.forget();
        await press("Tab");
        await pass(40);
        return "Tab";
    }

    async save(walk) {
        const {model} = walk;
        const button = queryFirst(".o_form_button_save:not(:disabled)");
        if (!button) {
            return null;
        }
        // A line that is gone for the server only cannot be saved: that is an error.
        walk.deliverSome(Infinity);
        await pass(20);
        this.forget();
        await click(button);
        for (
            let i = 0;
            i < MOST_WAITS && (i < 5 || (await model.root.isDirty()));
            i++
        ) {
            await pass(20);
        }
        return "save";
    }

    async discard() {
        const button = queryFirst(".o_form_button_cancel:not(:disabled)");
        if (!button) {
            return null;
        }
        this.forget();
        await click(button);
        await pass(150);
        return "discard";
    }

    /** What is typed can be saved, so the form says that it is not saved yet. */
    check() {
        super.check();
        if (this.typing && queryFirst(".o_form_status_indicator_buttons.invisible")) {
            throw new Error(`“${this.typing.text}” is typed, and the form says saved`);
        }
    }

    async letGo() {
        await this.discard();
        this.forget();
        // A line that was only entered is left.
        await click(".o_form_renderer");
        await pass(40);
        document.activeElement?.blur();
        await pass(40);
    }
}
