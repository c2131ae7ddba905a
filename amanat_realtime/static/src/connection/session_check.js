import {ConnectionLostError, rpc, RPCError} from "@web/core/network/rpc";

const SESSION_EXPIRED = "odoo.http.SessionExpiredException";

/** @param {unknown} error */
export function isSessionExpired(error) {
    return error instanceof RPCError && error.exceptionName === SESSION_EXPIRED;
}

/**
 * A socket, or a first poll, of a browser that is no longer logged in is answered as
 * one of the public user: it works, and is told nothing.
 *
 * @returns {Promise<void>}
 * @throws {RPCError} if the session has expired
 * @throws {ConnectionLostError} if the server does not answer
 */
export async function checkSession() {
    try {
        await rpc("/web/session/check", {}, {silent: true});
    } catch (error) {
        if (isSessionExpired(error) || error instanceof ConnectionLostError) {
            throw error;
        }
    }
}
