import {Component, onMounted, onWillUnmount, toRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {indexById} from "../model/datapoints";
import {fieldLabel, recordName} from "../views/value_text";
import {present} from "./people";
import {PresenceAvatars} from "./presence_avatars";
import {usePresence} from "./use_presence";

/**
 * Who is on such a page too, beside the pager of a list, a board, …; those who have only
 * a record open are shown at its row or card.
 */
export class PagePresence extends Component {
    static template = "amanat_realtime.PagePresence";
    static components = {PresenceAvatars};
    static props = {};

    setup() {
        this.presence = usePresence();
        // Reports have no hook that tells that they are there.
        onMounted(() => this.presence.check());
        onWillUnmount(() => this.presence.check());
    }

    get people() {
        const {resModel: model, context} = this.env.searchModel;
        const room = context?.amanat_realtime_room;
        const people = present(this.presence.store.peopleIn({model, room}));
        return people.filter(({tabs}) => tabs.some(({place}) => !place.id));
    }

    get label() {
        return String(_t("On this page"));
    }

    get root() {
        const model = this.env.model && toRaw(this.env.model);
        return model?.root ? toRaw(model.root) : null;
    }

    /** Records that are on screen have a name, the others have not. */
    get names() {
        const {root} = this;
        if (!root?.fields) {
            return {};
        }
        const {resModel} = root;
        const index = indexById(root, resModel);
        return {
            fieldLabel: (name) => fieldLabel(root, name),
            recordName: (id) => {
                const [record] = index.get(id) || [];
                return record ? recordName(record) : "";
            },
        };
    }
}
