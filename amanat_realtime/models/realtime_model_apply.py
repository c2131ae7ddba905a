import logging

from odoo import api, models

from ..activation.announce import announce
from ..activation.classes import live_models, live_with, set_live_models
from ..activation.refusals import refusal
from ..presence.end import end_presence
from ..recording.guard import never_break

_logger = logging.getLogger(__name__)


class RealtimeModel(models.Model):
    """Have the lines take effect at once.

    The live models are part of the registry: what Odoo does about custom fields (all
    workers load the registry anew, a rollback sets it up again) is done about them.
    """

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.realtime.model"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._apply(records._model_names())
        return records

    def write(self, vals):
        names = self._model_names()
        result = super().write(vals)
        self._apply(names | self._model_names())
        return result

    def unlink(self):
        names = self._model_names()
        result = super().unlink()
        self._apply(names)
        return result

    def _register_hook(self):
        super()._register_hook()
        doing = "activate the real-time models"
        with never_break(doing), self.env.cr.savepoint(flush=False):
            set_live_models(self.pool, self._accepted())

    @api.model
    def _accepted(self):
        """Return which models are to be live, and which not, as far as they can be: an
        addon that came later may have changed that.

        :rtype: dict[str, bool]
        """
        switches = {}
        for name, line in self._settings().items():
            if reason := refusal(self.env, name):
                _logger.warning("Real-time: %s cannot be live. %s", name, reason)
            else:
                switches[name] = line["active"]
        return switches

    @api.model
    def _apply(self, names):
        """Have the lines about some models take effect, here and everywhere.

        :param set[str] names:
        """
        if not self.pool.ready or not names:
            # modules are being loaded: done at the end of that
            return
        self.env.registry.clear_cache()
        absent = self._models_without("presence") | self._models_without("active")
        end_presence(self.env, model_names=names & absent)
        self._sync()
        announce(self.env)

    @api.model
    def _sync(self):
        """Have the registry as the lines say it, if it is not yet."""
        was, becomes = live_models(self.pool), live_with(self.pool, self._accepted())
        if was == becomes:
            return
        _logger.info(
            "Real-time: user %s switched on %s; off %s",
            self.env.uid,
            sorted(becomes - was),
            sorted(was - becomes),
        )
        self.env.flush_all()
        # as for custom fields: this registry now, the others when they hear of it
        self.pool._setup_models__(self.env.cr, [])

    def _model_names(self):
        return set(self.sudo().mapped("model_id.model"))
