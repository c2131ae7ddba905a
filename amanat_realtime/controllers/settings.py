from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from ..activation.session import session_part


class SettingsController(http.Controller):
    @http.route("/amanat_realtime/settings", type="jsonrpc", auth="user")
    def settings(self):
        """Return what has become of the part of the session that is about live views.

        :rtype: dict
        """
        if not request.env.user._is_internal():
            message = request.env._("Live views are for internal users only.")
            raise AccessError(message)
        return session_part(request.env)
