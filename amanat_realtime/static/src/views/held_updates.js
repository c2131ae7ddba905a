import {onWillUnmount, reactive, useEffect} from "@odoo/owl";
import {session} from "@web/session";
import {guarded} from "../core/log";
import {patcherOf} from "../core/patcher_of";
import {HeldUpdatesPill} from "./held_updates_pill";

const ROWS = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)";

/** Rows stay where they are as long as the mouse rests on them, for who wants that. */
export class HeldUpdates {
    /** @param {import("../model/patcher").ModelPatcher} patcher */
    constructor(patcher) {
        this.patcher = patcher;
        this.isResting = false;
        this.isApplying = false;
        /** `count` of the records that wait; 0 if nobody knows how many. */
        this.state = reactive({isShown: false, count: 0});
    }

    get isWanted() {
        return Boolean(session.amanat_realtime?.hold);
    }

    /** @param {PointerEvent} ev */
    onPointerOver({pointerType, target}) {
        if (pointerType !== "mouse" || !this.isWanted) {
            this.rest(false);
        } else if (target.closest(ROWS)) {
            this.rest(true);
        } else if (!target.closest(".o_content")) {
            this.rest(false);
        }
    }

    rest(isResting) {
        if (this.isResting !== isResting) {
            this.isResting = isResting;
            this.patcher.release();
            this.update();
        }
    }

    /** Show what waits, wherever the pointer is. */
    async apply() {
        const {departures} = this.patcher;
        this.isApplying = true;
        try {
            await this.patcher.catchUp();
            // Fading out takes longer than this, and must not end under the mouse.
            await this.patcher.exec(() => departures.finish());
        } finally {
            this.isApplying = false;
        }
        this.update();
    }

    update() {
        const {refresher, departures} = this.patcher;
        const gone = departures.waiting.map(({resId}) => resId);
        const ids = new Set([...refresher.changedIds, ...gone]);
        this.state.isShown = this.isResting && (refresher.whole || gone.length > 0);
        this.state.count = refresher.isVague ? 0 : ids.size;
    }
}

/**
 * To be called in the setup of the controller of a list or kanban.
 *
 * @param {object} controller
 */
export function useHeldUpdates(controller) {
    const patcher = patcherOf(controller.model);
    if (!patcher?.realtime.isLive(controller.props.resModel)) {
        return;
    }
    const held = new HeldUpdates(patcher);
    patcher.isResting = () => held.isResting && !held.isApplying;
    controller.amanatHeldUpdates = {Pill: HeldUpdatesPill, held};
    const onPointerOver = (ev) => held.onPointerOver(ev);
    const onPointerLeave = () => held.rest(false);
    useEffect(
        (el) => {
            el?.addEventListener("pointerover", onPointerOver);
            el?.addEventListener("pointerleave", onPointerLeave);
            return () => {
                el?.removeEventListener("pointerover", onPointerOver);
                el?.removeEventListener("pointerleave", onPointerLeave);
            };
        },
        () => [controller.rootRef?.el]
    );
    const onWaiting = () => guarded("could not tell what waits", () => held.update());
    patcher.bus.addEventListener("WAITING", onWaiting);
    onWillUnmount(() => patcher.bus.removeEventListener("WAITING", onWaiting));
}
