from odoo import api, models

from ..presence.end import end_presence


class IrRule(models.Model):
    _inherit = "ir.rule"

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
            models = self.sudo().model_id
            end_presence(self.env, model_names=models.mapped("model"))
