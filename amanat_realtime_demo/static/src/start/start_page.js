import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** What there is to see, and what to try in two windows. */
export class StartPage extends Component {
    static template = "amanat_realtime_demo.StartPage";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.menus = useService("menu");
    }

    get display() {
        return {controlPanel: {}};
    }

    /** Only what this person has a menu for. */
    get systems() {
        const own = new Set(this.menus.getAll().map(({xmlid}) => xmlid));
        return this.allSystems.filter(({menu}) =>
            own.has(`amanat_realtime_demo.menu_${menu}`)
        );
    }

    get allSystems() {
        return [
            {
                menu: "money",
                icon: "fa-money",
                name: _t("Finance"),
                text: _t(
                    "Money in boxes, accounts and wallets, and orders that move it."
                ),
                attempt: _t(
                    "Open Money in one window and Orders in the other. Confirm an order, then pay it: the balances follow."
                ),
            },
            {
                menu: "month_control",
                icon: "fa-print",
                name: _t("Monthly Report"),
                text: _t(
                    "Counters of printers that several people type at the same time."
                ),
                attempt: _t(
                    "Open the same month in both windows. Type in the same cell in both, and press Enter: you are asked. Then run the sync."
                ),
            },
            {
                menu: "factory_dashboard",
                icon: "fa-industry",
                name: _t("Factory"),
                text: _t("Machines, shifts, people and security events."),
                attempt: _t(
                    "Open the dashboard in one window, a machine in the other. Press Pulse, report a fault, start the simulation."
                ),
            },
            {
                menu: "sync_monitor",
                icon: "fa-refresh",
                name: _t("Synchronization"),
                text: _t("Scheduled work that shows how far it is."),
                attempt: _t(
                    "Run a task, watch it in the other window, reload the page, cancel it."
                ),
            },
            {
                menu: "task_all",
                icon: "fa-check-square-o",
                name: _t("Task Approval"),
                text: _t("Somebody asks, somebody approves, step by step it is done."),
                attempt: _t(
                    "Log in as “cashier” in a private window and ask for a task. Approve it here, and complete its steps there."
                ),
            },
        ];
    }

    open(menu) {
        const found = this.menus
            .getAll()
            .find(({xmlid}) => xmlid === `amanat_realtime_demo.menu_${menu}`);
        return this.action.doAction(found.actionID);
    }
}

registry.category("actions").add("amanat_realtime_demo.start", StartPage);
