import {Component, onWillDestroy, onWillRender, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {avatarUrl, personStyle} from "./person_style";
import {activityText, namesText, personText} from "./presence_texts";

/** @typedef {import("./people").Present} Present */

const MAX_SHOWN = 4;
/** Who opens and closes views all the time is not news. */
export const ANNOUNCE_DELAY = 2000;

/** The people in some place: pictures, and what they do in a menu. */
export class PresenceAvatars extends Component {
    static template = "amanat_realtime.PresenceAvatars";
    static components = {Dropdown, DropdownItem};
    static props = {
        people: Array,
        /** What is in common, say "On this page". */
        label: String,
        /** Names of records and fields, see `activityText`. */
        names: {type: Object, optional: true},
        /** What one may ask of a person: `{text, run}[]`. */
        getRequests: {type: Function, optional: true},
    };

    setup() {
        this.state = useState({news: ""});
        /** @type {Map<number, string>} */
        this.announced = this.peopleNow();
        onWillRender(() => this.announceLater());
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    get shown() {
        return this.props.people.slice(0, this.env.isSmall ? 1 : MAX_SHOWN);
    }

    get hiddenCount() {
        return this.props.people.length - this.shown.length;
    }

    get counter() {
        if (this.env.isSmall) {
            return String(this.props.people.length);
        }
        return this.hiddenCount ? `+${this.hiddenCount}` : "";
    }

    get listLabel() {
        const {label, people} = this.props;
        return String(
            _t("%(label)s: %(names)s (%(count)s)", {
                label,
                names: namesText(people),
                count: people.length,
            })
        );
    }

    get menuLabel() {
        return String(
            _t("%(label)s (%(count)s): what they do", {
                label: this.props.label,
                count: this.props.people.length,
            })
        );
    }

    style(person) {
        return personStyle(person.user);
    }

    src({user}) {
        return avatarUrl(user.id);
    }

    text(person) {
        return personText(person, this.props.names);
    }

    activity(person) {
        return activityText(person, this.props.names);
    }

    requests(person) {
        return this.props.getRequests?.(person) || [];
    }

    peopleNow() {
        return new Map(this.props.people.map(({user}) => [user.id, user.name]));
    }

    announceLater() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.announce(), ANNOUNCE_DELAY);
    }

    announce() {
        const now = this.peopleNow();
        const namesOf = (people, others) =>
            [...people].filter(([id]) => !others.has(id)).map(([, name]) => name);
        const came = namesOf(now, this.announced).join(", ");
        const left = namesOf(this.announced, now).join(", ");
        this.announced = now;
        const news = [
            came && _t("%(people)s joined", {people: came}),
            left && _t("%(people)s left", {people: left}),
        ].filter(Boolean);
        if (news.length) {
            this.state.news = news.join(". ");
        }
    }
}
