import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {ProgressList} from "./progress_list";
import {hasEnded} from "./progress_store";
import {endText} from "./progress_text";

/** Long works in the systray, while there are any. */
export class ProgressMenu extends Component {
    static template = "amanat_realtime.ProgressMenu";
    static components = {Dropdown, ProgressList};
    static props = {};

    setup() {
        this.store = useState(this.env.services.amanat_realtime_progress.store);
    }

    get works() {
        return this.store.shown;
    }

    get running() {
        return this.works.filter((work) => !hasEnded(work));
    }

    get label() {
        return this.running.length
            ? _t("Long work: %(count)s running", {count: this.running.length})
            : _t("Long work: ended");
    }

    /** All works together: of one nobody knows the length of, nobody knows when. */
    get max() {
        const isKnown = this.running.every(({total}) => total);
        return isKnown ? this.running.length : 0;
    }

    get value() {
        const parts = this.running.map(({done, total}) => Math.min(done / total, 1));
        return this.max ? parts.reduce((sum, part) => sum + part, 0) : undefined;
    }

    /** For those who do not see the toast. */
    get news() {
        const [last] = this.works.filter(hasEnded);
        if (!last) {
            return "";
        }
        const {title, lines} = endText(last);
        return [title, ...lines].join(". ");
    }
}

registry.category("systray").add(
    "amanat_realtime.progress",
    {
        Component: ProgressMenu,
        isDisplayed: ({services}) =>
            Boolean(session.amanat_realtime && services.amanat_realtime_progress),
    },
    {sequence: 45}
);
