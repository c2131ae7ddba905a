import {Component, toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {fieldLabel} from "../views/value_text";
import {presentAt} from "./people";
import {PresenceAvatars} from "./presence_avatars";
import {scopeOfForm} from "./record_scope";
import {usePresence} from "./use_presence";

/** Who has the record of a form open, too, beside its name. */
export class RecordPresence extends Component {
    static template = "amanat_realtime.RecordPresence";
    static components = {PresenceAvatars};
    static props = {model: Object};

    setup() {
        this.presence = usePresence();
        this.requests = useService("amanat_realtime_edit_requests");
    }

    get people() {
        const scope = scopeOfForm(this.props.model);
        return scope.id ? presentAt(this.presence.store, scope) : [];
    }

    get label() {
        return String(_t("This record is also open for"));
    }

    get names() {
        const root = toRaw(this.props.model.root);
        return {fieldLabel: (name) => fieldLabel(root, name)};
    }

    /** For those who cannot point at the mark of the field. */
    getRequests(person) {
        const {id} = scopeOfForm(this.props.model);
        return person.tabs
            .filter(({place}) => place.field)
            .map(({tab, place: {model, field}}) => ({
                key: `${tab}/${field}`,
                text: String(
                    _t("May I edit %(field)s?", {field: this.names.fieldLabel(field)})
                ),
                run: () =>
                    this.requests.ask({
                        to: tab,
                        model,
                        id,
                        field,
                        person: person.user.name,
                        label: this.names.fieldLabel(field),
                    }),
            }));
    }
}
