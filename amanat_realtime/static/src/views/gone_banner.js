import {Component} from "@odoo/owl";
import {goneText} from "./notices";

/** Says in a form that its record is not there any more. */
export class GoneBanner extends Component {
    static template = "amanat_realtime.GoneBanner";
    static props = {record: Object};

    get text() {
        return goneText(this.props.record.amanatGone || {deleted: true});
    }
}
