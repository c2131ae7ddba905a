/**
 * `crypto.randomUUID` only exists in secure contexts, and intranets still serve
 * Odoo over plain http.
 *
 * @returns {string}
 */
export function makeTabId() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One origin per page load: two tabs of one person are two origins. */
export const tabId = makeTabId();
