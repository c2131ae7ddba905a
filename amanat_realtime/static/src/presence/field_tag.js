import {Component, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {fieldLabel} from "../views/value_text";
import {isTypingIn} from "./people";
import {personStyle} from "./person_style";
import {namesText} from "./presence_texts";

/** Who else edits a field of a form, and the way to ask for it. In `web.Field`. */
export class FieldTag extends Component {
    static template = "amanat_realtime.FieldTag";
    static props = {record: Object, name: String};

    setup() {
        this.requests = useService("amanat_realtime_edit_requests");
        this.tag = useRef("tag");
        useEffect(
            (host, style) => {
                host.dataset.amanatEdited = "";
                host.dataset.amanatPerson = style;
                return () => {
                    delete host.dataset.amanatEdited;
                    delete host.dataset.amanatPerson;
                };
            },
            () => [this.tag.el.parentElement, this.style]
        );
    }

    get editors() {
        const {record, name} = this.props;
        return record.amanatEditors?.[name] || [];
    }

    get style() {
        return this.editors.length ? personStyle(this.editors[0].user) : "";
    }

    get isTyping() {
        return this.editors.some((person) => isTypingIn(person, this.props.name));
    }

    get label() {
        return fieldLabel(this.props.record, this.props.name);
    }

    get names() {
        return namesText(this.editors);
    }

    get text() {
        const texts = {people: this.names, field: this.label};
        return String(
            this.isTyping
                ? _t("%(people)s: typing in %(field)s", texts)
                : _t("%(people)s: editing %(field)s", texts)
        );
    }

    get question() {
        return String(_t("May I edit?"));
    }

    ask() {
        const {record, name} = this.props;
        const [person] = this.editors;
        const {tab} = person.tabs.find(({place}) => place.field === name);
        return this.requests.ask({
            to: tab,
            model: record.resModel,
            id: record.resId,
            field: name,
            person: person.user.name,
            label: this.label,
        });
    }
}
