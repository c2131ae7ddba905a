from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from ..activation.switches import MANAGER, set_enabled
from ..monitoring.flusher import flusher
from ..monitoring.metrics import metrics_text
from ..monitoring.report import report


class RealtimeMonitor(models.AbstractModel):
    """What managers see and switch on the monitoring screen."""

    _name = "amanat.realtime.monitor"
    _description = "Real-time: monitoring"

    @api.model
    def get_report(self):
        """Return all figures; see ``monitoring/report.py``.

        :rtype: dict
        :raise AccessError: if the user is no manager
        """
        self._check_manager()
        self._flush()
        return report(self.sudo().env)

    @api.model
    def _metrics(self):
        """Return what :func:`metrics_text` makes of the figures. Whoever calls this has
        checked that it may be known.

        :rtype: str
        """
        self._flush()
        return metrics_text(self.env)

    @api.model
    def set_live(self, model_name, live):
        """Switch a model on or off.

        :param str model_name:
        :param bool live:
        :raise AccessError: if the user is no manager
        :raise ValidationError: if there is no such model
        """
        self._check_manager()
        if not isinstance(model_name, str) or model_name not in self.env:
            raise ValidationError(self.env._("There is no model %r.", model_name))
        self.env["amanat.realtime.model"]._set_live([model_name], bool(live))

    @api.model
    def set_enabled(self, enabled):
        """Switch everything on or off.

        :param bool enabled:
        :raise AccessError: if the user is no manager
        """
        self._check_manager()
        set_enabled(self.sudo().env, bool(enabled))

    def _flush(self):
        # what this process knows need not wait for its turn; others see it next time
        flusher.flush(self.env.cr.dbname)

    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Monitoring is for managers of real-time updates only.")
            )
