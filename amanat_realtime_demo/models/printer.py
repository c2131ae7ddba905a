from odoo import fields, models


class AmanatPrinter(models.Model):
    """A printer whose counters are reported every month."""

    _name = "amanat.printer"
    _description = "Printer"
    _order = "name, id"

    name = fields.Char(required=True)
    serial = fields.Char("Serial Number", required=True)
    location = fields.Char()
    has_color = fields.Boolean("Prints in Colour")
    has_a3 = fields.Boolean("Prints A3")
    active = fields.Boolean(default=True)
    reading_ids = fields.One2many("amanat.printer.reading", "printer_id", "Readings")

    _serial_uniq = models.Constraint(
        "UNIQUE(serial)", "There is a printer with this serial number already."
    )

    def _compute_display_name(self):
        for printer in self:
            printer.display_name = self.env._(
                "%(name)s (SN: %(serial)s)", name=printer.name, serial=printer.serial
            )


class AmanatPrinterReading(models.Model):
    """What the inventory read from a printer over the network."""

    _name = "amanat.printer.reading"
    _description = "Printer Reading"
    _order = "date desc, id desc"

    printer_id = fields.Many2one(
        "amanat.printer", required=True, ondelete="cascade", index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    a4_bw = fields.Integer("A4 b/w")
    a4_color = fields.Integer("A4 colour")
    a3_bw = fields.Integer("A3 b/w")
    a3_color = fields.Integer("A3 colour")
