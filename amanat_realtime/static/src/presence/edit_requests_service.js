import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {report} from "../core/log";
import {letGo} from "./let_go";

/**
 * @typedef {{
 *  to: string,
 *  model: string,
 *  id: number,
 *  field: string,
 *  person: string,
 *  label: string,
 * }} Question `to`: the tab that is asked, `person`: their name, `label`: of the field
 */

export const ASK_URL = "/amanat_realtime/presence/ask";
export const ANSWER_URL = "/amanat_realtime/presence/answer";
export const ASK_TYPE = "amanat_realtime/ask";
export const ANSWER_TYPE = "amanat_realtime/answer";
/** One question about a field in so many milliseconds. */
export const ASK_GAP = 30_000;

const keyOf = ({model, id, field}) => `${model}/${id}/${field}`;

/** "May I edit?": asks, and passes on what others ask. Nothing waits for an answer. */
export class EditRequests {
    constructor(env, services) {
        this.env = env;
        this.realtime = services.amanat_realtime;
        this.notification = services.notification;
        this.setup();
    }

    setup() {
        /** @type {Map<string, {time: number, label: string}>} */
        this.asked = new Map();
        this.realtime.listen(ASK_TYPE, (payload) => this.onAsked(payload));
        this.realtime.listen(ANSWER_TYPE, (payload) => this.onAnswered(payload));
    }

    tell(text, options) {
        return this.notification.add(String(text), options);
    }

    /**
     * @param {Question} question
     * @returns {Promise<void>}
     */
    async ask({to, model, id, field, person, label}) {
        const key = keyOf({model, id, field});
        if (Date.now() - (this.asked.get(key)?.time ?? -Infinity) < ASK_GAP) {
            this.tell(_t("You have just asked. Give them a moment."), {type: "info"});
            return;
        }
        this.asked.set(key, {time: Date.now(), label});
        try {
            const params = {tab: this.realtime.tabId, to, model, id, field};
            await rpc(ASK_URL, params, {silent: true});
            this.tell(
                _t("%(person)s was asked for %(field)s.", {person, field: label}),
                {
                    type: "info",
                }
            );
        } catch (error) {
            report("could not ask", error, "warn");
            this.asked.delete(key);
            this.tell(_t("%(person)s could not be asked.", {person}), {
                type: "warning",
            });
        }
    }

    onAsked({to, from, label, record, ...what}) {
        if (to !== this.realtime.tabId || !from?.user) {
            return;
        }
        let close = null;
        const choose = (isGranted) => () => {
            close();
            this.answer(from, what, isGranted).catch((error) =>
                report("could not answer", error, "warn")
            );
        };
        close = this.tell(
            _t("%(person)s would like to edit %(field)s of %(record)s", {
                person: from.user.name,
                field: label,
                record,
            }),
            {
                type: "info",
                sticky: true,
                className: "o_amanat_edit_request",
                buttons: [
                    {
                        name: String(_t("Let them")),
                        primary: true,
                        onClick: choose(true),
                    },
                    {name: String(_t("Not now")), onClick: choose(false)},
                ],
            }
        );
    }

    async answer(from, {model, id, field}, isGranted) {
        const granted = isGranted && (await letGo(this.realtime, {model, id}));
        await rpc(
            ANSWER_URL,
            {
                tab: this.realtime.tabId,
                to: from.tab,
                user: from.user.id,
                model,
                id,
                field,
                granted,
            },
            {silent: true}
        );
    }

    onAnswered({to, from, granted, ...what}) {
        if (to !== this.realtime.tabId || !from?.user) {
            return;
        }
        const key = keyOf(what);
        const names = {
            person: from.user.name,
            field: this.asked.get(key)?.label || what.field,
        };
        if (granted) {
            this.asked.delete(key);
            this.tell(_t("%(person)s lets you edit %(field)s now.", names), {
                type: "success",
            });
        } else {
            this.tell(_t("%(person)s still needs %(field)s.", names), {type: "info"});
        }
    }
}

export const editRequestsService = {
    dependencies: ["amanat_realtime", "notification"],
    start(env, services) {
        return new EditRequests(env, services);
    },
};

registry.category("services").add("amanat_realtime_edit_requests", editRequestsService);
