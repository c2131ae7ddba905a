import {expect} from "@odoo/hoot";
import {queryAll} from "@odoo/hoot-dom";
import {contains} from "@web/../tests/web_test_helpers";
import {pass} from "./clock";
import {Person} from "./person";

const CARD = ".o_kanban_record:not(.o_kanban_ghost, .o_amanat_leaving)";

/** Somebody who drags cards, folds columns and looks for others. */
export class KanbanPerson extends Person {
    /**
     * @param {import("./prng").Prng} rng
     * @param {{canDrag?: boolean}} [options] a drop makes core show more cards than the
     *  column has room for, until the next load
     */
    constructor(rng, {canDrag = true} = {}) {
        super(rng);
        this.canDrag = canDrag;
    }

    get steps() {
        return [
            [5, (walk) => this.drag(walk)],
            [2, (walk) => this.fold(walk)],
            [1, (walk) => this.search(walk, "filter")],
            [2, (walk) => this.narrow(walk)],
        ];
    }

    async drag(walk) {
        const cards = queryAll(`.o_kanban_group:not(.o_column_folded) ${CARD}`);
        const columns = queryAll(".o_kanban_group:not(.o_column_folded)");
        if (cards.length < 2 || !this.canDrag) {
            return null;
        }
        const card = this.rng.pick(cards);
        const target = this.rng.chance(0.5)
            ? this.rng.pick(columns)
            : this.rng.pick(cards.filter((other) => other !== card));
        const {drop, moveTo} = await contains(card).drag();
        await moveTo(target);
        const story = await this.hold(walk);
        await drop();
        if (document.querySelector(".o_dragged")) {
            // The card that the test tool knows left the page under its pointer.
            document.body.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
            expect(".o_dragged").toHaveCount(0);
        }
        await pass(250);
        return `drag ${card.dataset.id} to ${target.dataset.id}${story}`;
    }

    /** The person takes their time; others do not wait. */
    async hold(walk) {
        if (this.rng.chance(0.4)) {
            return "";
        }
        const did = await walk.rng.weighted(walk.othersSteps)(walk);
        walk.deliverSome();
        await pass(this.rng.pick([20, 150, 400]));
        return `, meanwhile others: ${did}`;
    }

    async fold(walk) {
        const group = this.rng.pick(walk.model.root.groups);
        if (!group) {
            return null;
        }
        const done = group.toggle();
        await this.load(walk);
        await done;
        return `fold or unfold ${group.displayName}`;
    }

    /** A click on a part of a progress bar. */
    async narrow(walk) {
        const bar = this.rng.pick(queryAll(".o_kanban_group .progress-bar"));
        if (!bar) {
            return null;
        }
        bar.click();
        await this.load(walk);
        return `click on ${bar.className}`;
    }

    async letGo() {
        document.activeElement?.blur();
        await pass(40);
    }
}
