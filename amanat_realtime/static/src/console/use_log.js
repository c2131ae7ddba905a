import {useComponent} from "@odoo/owl";
import {useBus} from "@web/core/utils/hooks";
import {useThrottleForAnimation} from "@web/core/utils/timing";

/**
 * Draw the component again when the log changes: once per frame, however much comes.
 *
 * @param {import("./message_log").MessageLog} log
 */
export function useLog(log) {
    const component = useComponent();
    const draw = useThrottleForAnimation(() => component.render());
    useBus(log.bus, "CHANGED", draw);
}
