import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";

const MANAGERS = "amanat_realtime.group_realtime_manager";

async function isHealthy() {
    try {
        const {ok} = await browser.fetch("/websocket/health", {cache: "no-store"});
        return ok;
    } catch {
        return false;
    }
}

/**
 * What an administrator should look at when websockets fail while HTTP works. A browser
 * is not told why an upgrade was refused, but where the proxy sends `/websocket` shows
 * in what is under it: the gevent worker may be down, or any worker may answer.
 *
 * @returns {Promise<string>} empty for everybody else
 */
export async function proxyHint() {
    if (!user.isSystem && !(await user.hasGroup(MANAGERS))) {
        return "";
    }
    return (await isHealthy())
        ? _t(
              "The proxy does not route /websocket to the gevent port (8072), or does not pass on its upgrade headers: see the deployment notes."
          )
        : _t(
              "Nothing answers where the proxy routes /websocket: is the gevent port (8072) open, and its process running? See the deployment notes."
          );
}
