import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {present} from "../presence/people";
import {PresenceAvatars} from "../presence/presence_avatars";
import {usePresence} from "../presence/use_presence";

/** Who else is in the records of a model, as the pager of its list would show them. */
export class ListPresence extends Component {
    static template = "amanat_realtime.ConsoleListPresence";
    static components = {PresenceAvatars};
    static props = {resModel: String};

    setup() {
        this.presence = usePresence();
        this.label = String(_t("In these records"));
    }

    get people() {
        return present(this.presence.store.peopleIn({model: this.props.resModel}));
    }
}
