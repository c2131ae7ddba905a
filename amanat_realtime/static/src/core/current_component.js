import {useComponent} from "@odoo/owl";

/**
 * @returns {import("@odoo/owl").Component | null} null outside of the setup of a
 *  component: nothing tells then when what is made is no longer used
 */
export function currentComponent() {
    try {
        return useComponent();
    } catch {
        return null;
    }
}
