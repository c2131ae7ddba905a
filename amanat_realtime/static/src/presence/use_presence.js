import {onWillDestroy, useComponent} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/**
 * Draw the component again when somebody came, went or does something else.
 *
 * @returns {import("./presence_service").PresenceAPI}
 */
export function usePresence() {
    const component = useComponent();
    const presence = useService("amanat_realtime_presence");
    const onChanged = () => component.render();
    presence.store.bus.addEventListener("CHANGED", onChanged);
    onWillDestroy(() => presence.store.bus.removeEventListener("CHANGED", onChanged));
    return presence;
}
