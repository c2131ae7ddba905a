import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Tells how much waits while the mouse rests on rows; a click shows it. */
export class HeldUpdatesPill extends Component {
    static template = "amanat_realtime.HeldUpdatesPill";
    static props = {held: Object};

    setup() {
        this.state = useState(this.props.held.state);
    }

    get text() {
        const {count} = this.state;
        if (!count) {
            return _t("Updates");
        }
        return count === 1 ? _t("1 update") : _t("%(count)s updates", {count});
    }

    get title() {
        return _t("Rows stay in place while your mouse is on them. Show the updates.");
    }

    onClick() {
        return this.props.held.apply();
    }
}
