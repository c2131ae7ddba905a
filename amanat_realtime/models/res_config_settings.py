from odoo import api, fields, models

from ..activation.switches import is_enabled, set_enabled
from ..fanout import switch as fanout
from ..parameters import put
from ..presence import switches as presence


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # no config_parameter: Odoo forgets a parameter that is false, and these are true
    # unless it is written down
    amanat_realtime_enabled = fields.Boolean(
        "Live views",
        help="Lists, boards and forms show what others save, at once.",
    )
    amanat_realtime_presence = fields.Boolean(
        "Presence",
        help="People see who else looks at a list or a record, and who edits it.",
    )
    amanat_realtime_shared_fanout = fields.Boolean(
        "Serve connections together",
        help="Each message is read and checked once for all open connections of a "
        "process. Off: each connection does so by itself, as in plain Odoo.",
    )

    @api.model
    def get_values(self):
        return {
            **super().get_values(),
            "amanat_realtime_enabled": is_enabled(self.env),
            "amanat_realtime_presence": presence.is_chosen(self.env),
            "amanat_realtime_shared_fanout": fanout.is_chosen(self.env),
        }

    def set_values(self):
        result = super().set_values()
        set_enabled(self.env, self.amanat_realtime_enabled)
        put(self.env, presence.PARAMETER, self.amanat_realtime_presence)
        put(self.env, fanout.PARAMETER, self.amanat_realtime_shared_fanout)
        return result
