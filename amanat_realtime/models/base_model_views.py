from odoo import api, models

from ..activation.classes import live_models
from ..origin import tab_of_request


class AmanatBaseModel(models.AbstractModel):
    """Watch a model from the moment its data is read for a view: a change between that
    and the subscription, a moment later, must find somebody watching.
    """

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.base.model"

    @api.model
    @api.readonly
    def web_search_read(self, *args, **kwargs):
        self._realtime_expect_watcher()
        return super().web_search_read(*args, **kwargs)

    @api.model
    @api.readonly
    def web_read_group(self, *args, **kwargs):
        self._realtime_expect_watcher()
        return super().web_read_group(*args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_group(self, *args, **kwargs):
        self._realtime_expect_web_client()
        return super().formatted_read_group(*args, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, *args, **kwargs):
        self._realtime_expect_web_client()
        return super().formatted_read_grouping_sets(*args, **kwargs)

    @api.model
    @api.readonly
    def search_read(self, *args, **kwargs):
        self._realtime_expect_web_client()
        return super().search_read(*args, **kwargs)

    @api.readonly
    def web_read(self, specification):
        self._realtime_expect_watcher()
        return super().web_read(specification)

    def _realtime_expect_web_client(self):
        # charts and calendars read with it, but so do crons and other programs
        if tab_of_request():
            self._realtime_expect_watcher()

    def _realtime_expect_watcher(self):
        lease = self.env["amanat.realtime.lease"].sudo()
        if (
            self._name in live_models(self.pool)
            and not lease._watched({self._name})
            and self.env.user._is_internal()
        ):
            # who subscribes next makes sure
            lease._grant({self._name}, wait=False)
