import {Component} from "@odoo/owl";
import {countText, remainingText, speedText, stateText} from "./progress_text";
import {hasEnded} from "./progress_store";

/** Without a sign for so long (ms), nobody knows how long it will take. */
const QUIET = 15_000;

/** How far one work is: a bar and a line of text. */
export class ProgressBar extends Component {
    static template = "amanat_realtime.ProgressBar";
    static props = {work: Object};

    get hasEnded() {
        return hasEnded(this.props.work);
    }

    /** @returns {number | undefined} undefined while nobody knows */
    get value() {
        const {done, total} = this.props.work;
        if (!total) {
            return this.hasEnded ? 1 : undefined;
        }
        return Math.min(done, total);
    }

    get max() {
        return this.props.work.total || 1;
    }

    get text() {
        const {work} = this.props;
        const isMoving = work.state === "running" && !work.cancelling;
        const isQuiet = Date.now() - work.heardAt > QUIET;
        const parts = [
            countText(work),
            ...(isMoving && !isQuiet ? [speedText(work), remainingText(work)] : []),
            ...(isMoving ? [] : [stateText(work)]),
        ];
        return parts.map(String).filter(Boolean).join(" · ");
    }
}
