from lxml import etree

from odoo import api, models, tools

_TRUE = ("1", "True", "true")


class AmanatActivity(models.Model):
    # one responsibility per file
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "amanat.activity"

    @api.model
    @tools.ormcache(cache="templates")
    def _password_fields(self):
        """Return the names of the fields that any view shows as passwords.

        :rtype: frozenset[str]
        """
        views = self.env["ir.ui.view"].sudo().with_context(active_test=False, lang=None)
        found = views.search([("arch_db", "like", "password")])
        names = set()
        for view in found:
            tree = etree.fromstring(view.arch_db.encode())
            names.update(
                node.get("name")
                for node in tree.iter("field")
                if node.get("password") in _TRUE
            )
            names.update(
                node.getparent().get("name")
                for node in tree.iter("attribute")
                if node.get("name") == "password" and node.text in _TRUE
            )
        return frozenset(names)
