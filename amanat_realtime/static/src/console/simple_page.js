import {Component, onWillStart, onWillDestroy} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ConnectionDetails} from "../connection/connection_details";
import {useLog} from "./use_log";

const {DateTime} = luxon;
const SHOWN = 20;

/** Whether this tab is live, and what it heard last. */
export class SimplePage extends Component {
    static template = "amanat_realtime.ConsoleSimplePage";
    static components = {ConnectionDetails, Layout};
    static props = {...standardActionServiceProps};
    static displayName = _t("Real-time Test");

    setup() {
        const testConsole = useService("amanat_realtime_console");
        this.log = testConsole.log;
        this.realtime = useService("amanat_realtime");
        this.display = {controlPanel: {}};
        onWillStart(async () => {
            const {model} = await testConsole.person.call("info");
            testConsole.listen();
            // A tab that shows nothing live hears nothing.
            const params = {resModel: model, onChanges: () => false};
            this.unfollow = this.realtime.subscribe(params);
        });
        onWillDestroy(() => this.unfollow?.());
        useLog(this.log);
    }

    get entries() {
        return this.log.entries.slice(0, SHOWN);
    }

    time({receivedAt}) {
        return DateTime.fromMillis(receivedAt).toFormat("HH:mm:ss");
    }
}

registry.category("actions").add("amanat_realtime.console_simple", SimplePage);
