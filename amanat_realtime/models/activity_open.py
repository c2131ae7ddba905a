from odoo import models


class AmanatActivity(models.Model):
    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.activity"

    def action_open(self):
        """Show the record, or say that there is none any more.

        :rtype: dict
        :raise AccessError: if the person may not read it
        """
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.model].browse(self.res_id).exists()
        if not record:
            return self._gone()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.model,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def action_trail(self):
        """Show all that was noted about the record.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amanat_realtime.action_activity"
        )
        return {
            **action,
            "name": self.env._("Activity of %(name)s", name=self.record_name or ""),
            "domain": [("model", "=", self.model), ("res_id", "=", self.res_id)],
            "context": {},
        }

    def _gone(self):
        name = self.record_name or f"#{self.res_id}"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("No longer there"),
                "message": self.env._("“%(name)s” was deleted.", name=name),
            },
        }
