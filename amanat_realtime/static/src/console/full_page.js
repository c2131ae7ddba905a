import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {View} from "@web/views/view";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ConnectionDetails} from "../connection/connection_details";
import {ActionButtons} from "./action_buttons";
import {ConflictStage} from "./conflict_stage";
import {ListPresence} from "./list_presence";
import {LogPanel} from "./log_panel";

/** One person alone sees all that the product does: somebody else is played. */
export class FullPage extends Component {
    static template = "amanat_realtime.ConsoleFullPage";
    static components = {
        ActionButtons,
        ConnectionDetails,
        Layout,
        ListPresence,
        LogPanel,
        View,
    };
    static props = {...standardActionServiceProps};
    static displayName = _t("Real-time Test");

    setup() {
        this.testConsole = useService("amanat_realtime_console");
        this.editing = useService("editing_state");
        this.connection = useService("amanat_realtime").connection;
        this.state = useState({news: ""});
        this.display = {controlPanel: {}};
        onWillStart(() => this.begin());
    }

    async begin() {
        const {person, outage} = this.testConsole;
        this.info = await person.call("begin");
        this.testConsole.listen();
        this.conflicts = new ConflictStage({
            resModel: this.info.model,
            editing: this.editing,
            person,
            onNews: (text) => this.onDone(text),
        });
        this.stage = {person, outage, conflict: () => this.conflicts.start()};
        // Once: a new domain would read the list again, and end what is edited in it.
        this.viewProps = this.makeViewProps(this.info);
    }

    makeViewProps({model, list_view: viewId, robot}) {
        return {
            type: "list",
            resModel: model,
            viewId,
            domain: [["create_uid", "=", robot.id]],
            allowSelectors: false,
            noContentHelp: _t("Test Robot has no records: let it create one."),
            display: {controlPanel: false},
            className: "o_amanat_console_list",
            __beforeLeave__: this.env.__beforeLeave__,
        };
    }

    onDone(text) {
        this.state.news = String(text || "");
    }

    onInput() {
        return this.conflicts.onInput();
    }
}

registry.category("actions").add("amanat_realtime.console_full", FullPage);
