import {_t} from "@web/core/l10n/translation";
import {guarded} from "../core/log";

/** Says once per load that records of a list or kanban have drafts. */
export class ListOffer {
    /**
     * @param {object} model relational model of a list or kanban
     * @param {{
     *  drafts: import("./draft_service").DraftsAPI,
     *  notification: object,
     *  action: object,
     * }} services
     */
    constructor(model, services) {
        this.model = model;
        Object.assign(this, services);
        this.offered = "";
        this.close = null;
        this.onChanged = () => guarded("could not offer drafts", () => this.update());
        this.drafts.bus.addEventListener("CHANGED", this.onChanged);
    }

    /** @returns {number[]} ids in the order of the list */
    idsWithDrafts() {
        const {root, orm, useSampleModel} = this.model;
        // Records that are made up have ids too. While they load, only the orm tells.
        const isSample = useSampleModel || orm.isSample;
        const withDrafts = new Set(isSample ? [] : this.drafts.idsOf(root.resModel));
        const ids = withDrafts.size ? root.records.map(({resId}) => resId) : [];
        return [...new Set(ids)].filter((id) => withDrafts.has(id));
    }

    update() {
        if (!this.model.root?.records) {
            return;
        }
        const ids = this.idsWithDrafts();
        const offered = String([...ids].sort());
        if (offered === this.offered) {
            // What was closed by hand is not said again for the same records.
            return;
        }
        this.withdraw();
        this.offered = offered;
        if (ids.length) {
            this.offer(ids);
        }
    }

    offer(ids) {
        const message =
            ids.length === 1
                ? _t("You have changes to one of these records that were not saved.")
                : _t(
                      "You have changes to %(count)s of these records that were not saved.",
                      {
                          count: ids.length,
                      }
                  );
        const close = this.notification.add(message.toString(), {
            type: "info",
            sticky: true,
            className: "o_amanat_draft_offer",
            buttons: [
                {
                    name: _t("Review").toString(),
                    primary: true,
                    onClick: () => {
                        close();
                        this.review(ids);
                    },
                },
            ],
        });
        this.close = close;
    }

    review(ids) {
        const {resModel} = this.model.root;
        this.drafts.askOnOpen(resModel, ids[0]);
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: resModel,
                res_id: ids[0],
                views: [[false, "form"]],
            },
            {props: {resIds: ids}}
        );
    }

    withdraw() {
        this.close?.();
        this.close = null;
        this.offered = "";
    }

    destroy() {
        this.drafts.bus.removeEventListener("CHANGED", this.onChanged);
        this.withdraw();
    }
}
