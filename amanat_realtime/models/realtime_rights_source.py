from odoo import api, models

from ..presence.end import end_presence


class RealtimeRightsSource(models.AbstractModel):
    """What decides about rights over one model, ``model_id``: who is present there has
    to report again when it changes.
    """

    _name = "amanat.realtime.rights.source"
    _description = "Real-time: source of rights"

    @api.model_create_multi
    def create(self, vals_list):
        created = super().create(vals_list)
        created._end_realtime_presence()
        return created

    def write(self, vals):
        # in the model it was about, too
        self._end_realtime_presence()
        result = super().write(vals)
        self._end_realtime_presence()
        return result

    def unlink(self):
        self._end_realtime_presence()
        return super().unlink()

    def _end_realtime_presence(self):
        if self.pool.ready:
            ruled = self.sudo().model_id
            end_presence(self.env, model_names=ruled.mapped("model"))
