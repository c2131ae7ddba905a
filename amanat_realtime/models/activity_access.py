from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..audit.readers import readable


class AmanatActivity(models.Model):
    """Rights: all that searches, counts, groups and reads passes one of these two."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.activity"

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            self.browse().check_access("read")
            domain = Domain(domain) & readable(self)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        found = self.browse(self._search(Domain("id", "in", self.ids)))
        if forbidden := self - found:
            return forbidden, self._access_error
        return None

    def _access_error(self):
        return AccessError(
            self.env._("You may not read the records or fields that this is about.")
        )
