import {click, press, queryAll, queryFirst} from "@odoo/hoot-dom";
import {MockServer} from "@web/../tests/web_test_helpers";
import {pass} from "./clock";
import {Person} from "./person";

const INPUT = ".o_selected_row [name=name] input";
const MOST_WAITS = 100;

export class ListPerson extends Person {
    /** @param {HTMLElement} el */
    recordOf(el, {model}) {
        const {id} = el.closest("[data-id]").dataset;
        return model.root.records.find((record) => record.id === id)?.resId || id;
    }

    get steps() {
        return [
            [3, (walk) => this.type(walk)],
            [1, () => this.tab()],
            [2, (walk) => this.save(walk)],
            [1, () => this.discard()],
            [2, (walk) => this.select(walk)],
            [1, (walk) => this.sort(walk)],
            [1, (walk) => this.filter(walk)],
            [1, (walk) => this.page(walk)],
            [1, (walk) => this.focusRow(walk)],
            [1, () => this.blur()],
            [1, (walk) => this.remove(walk)],
        ];
    }

    // -------------------------------------------------------------------------
    // Typing
    // -------------------------------------------------------------------------

    async type(walk) {
        if (!queryFirst(INPUT)) {
            const cells = queryAll(".o_data_row:not(.o_amanat_leaving) td[name=name]");
            if (!cells.length || queryFirst(".o_data_row_selected")) {
                return null;
            }
            await click(this.rng.pick(cells));
            await pass(20);
        }
        return this.typeHere(walk);
    }

    async typeHere(walk) {
        const el = queryFirst(INPUT);
        if (!el) {
            return "click on a row";
        }
        if (document.activeElement !== el) {
            await click(el);
        }
        const text = await this.typeIn(el);
        return `type “${text}” over ${this.recordOf(el, walk)}`;
    }

    /** Commits the text to the record. */
    async tab() {
        if (!this.typing) {
            return null;
        }
        const {el} = this.typing;
        if (document.activeElement !== el) {
            el.focus();
        }
        await press("Tab");
        this.forget();
        return "Tab";
    }

    async save(walk) {
        const {editedRecord} = walk.model.root;
        const button = queryFirst(".o_list_button_save");
        if (!editedRecord || !button) {
            return null;
        }
        // What is gone for the server only cannot be saved: it answers with an error.
        walk.deliverSome(Infinity);
        await pass(20);
        const text = this.typing?.text ?? editedRecord._changes.name;
        this.forget();
        await click(button);
        for (let i = 0; i < MOST_WAITS && editedRecord.isInEdition; i++) {
            await pass(20);
            if (editedRecord.amanatGone) {
                return this.giveUp(editedRecord, text);
            }
        }
        if (editedRecord.isInEdition) {
            throw new Error(`could not save ${editedRecord.resId}`);
        }
        await pass(40);
        return `save ${editedRecord.resId} “${text}”`;
    }

    giveUp(record, text) {
        const kept = queryFirst(INPUT)?.value;
        if (text && kept !== text) {
            throw new Error(`“${text}” was lost when ${record.resId} was deleted`);
        }
        return `could not save ${record.resId}: it is gone`;
    }

    async discard() {
        const button = queryFirst(".o_list_button_discard");
        if (!button) {
            return null;
        }
        this.forget();
        await click(button);
        await pass(40);
        return "discard";
    }

    // -------------------------------------------------------------------------
    // Looking around
    // -------------------------------------------------------------------------

    async select(walk) {
        const boxes = queryAll(".o_data_row .o_list_record_selector input");
        if (!boxes.length || queryFirst(".o_selected_row")) {
            return null;
        }
        const box = this.rng.pick(boxes);
        await click(box);
        return `select ${this.recordOf(box, walk)}`;
    }

    async unselectAll() {
        // Rows in folded groups are selected too.
        const button = queryFirst(".o_unselect_all");
        if (button) {
            await click(button);
            await pass(20);
        }
    }

    async sort(walk) {
        const header = this.rng.pick(
            queryAll("th[data-name=quantity], th[data-name=state], th[data-name=date]")
        );
        if (!header || queryFirst(".o_selected_row")) {
            return null;
        }
        await click(header);
        await this.load(walk);
        return `sort ${JSON.stringify(walk.model.root.orderBy)}`;
    }

    filter(walk) {
        return queryFirst(".o_selected_row") ? null : this.search(walk, "filter");
    }

    async page(walk) {
        const button = queryFirst(
            this.rng.chance(0.6) ? ".o_pager_next:enabled" : ".o_pager_previous:enabled"
        );
        if (!button || queryFirst(".o_selected_row")) {
            return null;
        }
        await click(button);
        await this.load(walk);
        return `page from ${walk.model.root.offset}`;
    }

    focusRow(walk) {
        const cell = this.rng.pick(queryAll(".o_data_row td[name=quantity]"));
        if (!cell || queryFirst(".o_selected_row")) {
            return null;
        }
        cell.focus();
        return `focus ${this.recordOf(cell, walk)}`;
    }

    blur() {
        if (queryFirst(".o_selected_row") || document.activeElement === document.body) {
            return null;
        }
        document.activeElement.blur();
        return "blur";
    }

    async remove({model}) {
        const {selection} = model.root;
        const gone = selection.some((record) => record.amanatGone);
        if (!selection.length || gone || MockServer.env["walk.sheet"].length < 8) {
            return null;
        }
        const ids = selection.map(({resId}) => resId);
        const isArchive = this.rng.chance(0.5);
        const done = isArchive
            ? model.root.archive(true)
            : model.root.deleteRecords(selection);
        await pass(300);
        await done;
        return `${isArchive ? "archive" : "delete"} ${ids}`;
    }

    async letGo() {
        await this.discard();
        await this.unselectAll();
        document.activeElement?.blur();
        await pass(40);
    }
}

/** Adds rows too: they stay where they were typed, whatever the order of the list. */
export class AddingPerson extends ListPerson {
    ignoresOrder = true;

    get steps() {
        return [...super.steps, [2, (walk) => this.begin(walk)]];
    }

    /** A new row would stay where no filter wants it. */
    filter() {
        return null;
    }

    async begin(walk) {
        const button = queryFirst(".o_list_button_add");
        if (!button || queryFirst(INPUT)) {
            return null;
        }
        await click(button);
        await pass(150);
        return `new row, ${await this.typeHere(walk)}`;
    }
}

/** Opens and closes groups, and groups by something else. */
export class GroupingPerson extends ListPerson {
    get steps() {
        return [
            [3, (walk) => this.type(walk)],
            [1, () => this.tab()],
            [2, (walk) => this.save(walk)],
            [1, () => this.discard()],
            [2, (walk) => this.select(walk)],
            [1, (walk) => this.sort(walk)],
            [1, (walk) => this.filter(walk)],
            [1, (walk) => this.focusRow(walk)],
            [1, () => this.blur()],
            [3, (walk) => this.fold(walk)],
            [1, (walk) => this.group(walk)],
        ];
    }

    async fold(walk) {
        const header = this.rng.pick(queryAll(".o_group_header"));
        if (!header || queryFirst(".o_selected_row")) {
            return null;
        }
        const name = header.querySelector(".o_group_name").textContent.trim();
        await click(header.querySelector(".o_group_name"));
        await this.load(walk);
        return `fold or unfold ${name}`;
    }

    group(walk) {
        if (queryFirst(".o_selected_row")) {
            return null;
        }
        return this.search(walk, this.rng.chance(0.2) ? "dateGroupBy" : "groupBy");
    }
}
