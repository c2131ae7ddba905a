from odoo import api, fields, models

from ..audit.shown import shown_text, shown_value


class AmanatActivity(models.Model):
    """Old and new values, as a reader may see them."""

    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.activity"

    old_value = fields.Char(
        compute="_compute_values",
        search="_search_old_value",
        help="Of lists, what was removed.",
    )
    new_value = fields.Char(
        compute="_compute_values",
        search="_search_new_value",
        help="Of lists, what was added.",
    )
    old_json = fields.Json("Old value as JSON", compute="_compute_values")
    new_json = fields.Json("New value as JSON", compute="_compute_values")

    @api.depends("old_raw", "new_raw", "old_text", "new_text")
    @api.depends_context("uid", "lang", "tz", "allowed_company_ids")
    def _compute_values(self):
        self.old_value = self.new_value = self.old_json = self.new_json = False
        rows = self._filtered_access("read")
        for row, kept in zip(rows, rows.sudo(), strict=True):
            if row.action != "update":
                continue
            if row.secret:
                row.old_value = row.new_value = self.env._("(not kept)")
                continue
            for side in ("old", "new"):
                value = shown_value(self.env, row, kept[f"{side}_raw"])
                row[f"{side}_json"] = value
                text = kept[f"{side}_text"]
                row[f"{side}_value"] = shown_text(self.env, row, value, text)

    def _search_old_value(self, operator, value):
        return self._search_text("old_text", operator, value)

    def _search_new_value(self, operator, value):
        return self._search_text("new_text", operator, value)

    def _search_text(self, name, operator, value):
        # names of records are not searched: their readers may be others
        relations = ("many2one", "one2many", "many2many")
        domain = [(name, operator, value), ("ttype", "not in", relations)]
        return [("id", "in", self.sudo()._search(domain))]
