import {Component, status, useEffect, useState} from "@odoo/owl";
import {toLocaleDateTimeString} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {unique} from "@web/core/utils/arrays";
import {report} from "../core/log";
import {authorName} from "../views/value_text";
import {isApplicable} from "./apply_drafts";
import {reviewDrafts} from "./review";

const {DateTime} = luxon;

/** Something else may have kept them from being saved, such as a constraint. */
function isContested({base, theirs}) {
    return JSON.stringify(base) !== JSON.stringify(theirs);
}

/** The last one to change the field may be the person, later. */
const other = (by) => (by?.id === user.userId ? null : by);

/** Offers in a form what the person changed there and could not save. */
export class DraftBanner extends Component {
    static template = "amanat_realtime.DraftBanner";
    static props = {record: Object};

    setup() {
        const {amanat_realtime_drafts: service} = this.env.services;
        this.service = service;
        this.dialog = useService("dialog");
        this.versions = useState(service.versions);
        this.state = useState({place: "", drafts: [], isBusy: false});
        useEffect(
            (place, version) => {
                this.load(version);
            },
            () => [this.place, this.version]
        );
    }

    get place() {
        const {resModel, resId} = this.props.record;
        return `${resModel},${resId}`;
    }

    get version() {
        const {resModel, resId} = this.props.record;
        return this.service.version(resModel, resId, this.versions);
    }

    /** What this form can show; the rest waits in "My Drafts". */
    get drafts() {
        const isCurrent = this.version && this.state.place === this.place;
        return isCurrent
            ? this.state.drafts.filter(
                  (draft) =>
                      !this.service.isUsed(this.props.record, draft.id) &&
                      isApplicable(this.props.record, draft)
              )
            : [];
    }

    get text() {
        const created = this.drafts.map((draft) => DateTime.fromISO(draft.created));
        const time = toLocaleDateTimeString(DateTime.max(...created));
        const contested = this.drafts.filter(isContested);
        if (!contested.length) {
            return _t("You have changes from %(time)s that were not saved.", {time});
        }
        const authors = unique(contested.map(({by}) => authorName(other(by))));
        return _t(
            "You have changes from %(time)s that were not saved, because %(author)s changed the same fields.",
            {time, author: authors.join(", ")}
        );
    }

    async load(version) {
        if (!version) {
            this.state.drafts = [];
            return;
        }
        const {resModel, resId} = this.props.record;
        if ((await this.read()) && this.service.takeQuestion(resModel, resId)) {
            this.review();
        }
    }

    async review() {
        const {dialog, service: drafts} = this;
        // What is there now may not be what was there when the form was opened.
        await this.read();
        if (status(this) !== "destroyed" && this.drafts.length) {
            reviewDrafts({dialog, drafts}, this.props.record, this.drafts);
        }
    }

    /** @returns {Promise<boolean>} whether the drafts are those of the record shown */
    async read() {
        const {place, version} = this;
        const {resModel, resId} = this.props.record;
        try {
            const drafts = await this.service.fetch(resModel, resId);
            const isCurrent = place === this.place && version === this.version;
            if (status(this) === "destroyed" || !isCurrent) {
                return false;
            }
            Object.assign(this.state, {place, drafts});
            return true;
        } catch (error) {
            report("could not read drafts", error);
            return false;
        }
    }

    async discard() {
        const {resModel, resId} = this.props.record;
        const ids = this.drafts.map(({id}) => id);
        this.state.isBusy = true;
        try {
            await this.service.remove(resModel, resId, ids);
        } finally {
            this.state.isBusy = false;
        }
    }
}
