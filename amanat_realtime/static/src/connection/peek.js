import {rpc} from "@web/core/network/rpc";
import {checkSession} from "./session_check";

/**
 * @typedef {{id: number, message: {type: string, payload: any}}} PolledNotification
 */

/**
 * What the socket would have brought, over plain HTTP, with the same rights.
 *
 * @param {{channels: string[], last: number, isFirst: boolean}} params `last`: id of
 *  the last notification that is known
 * @returns {Promise<PolledNotification[]>}
 */
export async function peekNotifications({channels, last, isFirst}) {
    if (isFirst) {
        await checkSession();
    }
    const {notifications} = await rpc(
        "/websocket/peek_notifications",
        {channels, last, is_first_poll: isFirst},
        {silent: true}
    );
    return notifications;
}
