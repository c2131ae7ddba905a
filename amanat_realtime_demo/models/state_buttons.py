from odoo import models
from odoo.exceptions import UserError

from .labels import labels_of


class AmanatStateButtons(models.AbstractModel):
    """Buttons that move records from one state to another.

    The screen may be older than the record: two people press different buttons.
    """

    _name = "amanat.state.buttons"
    _description = "Buttons that change a state"

    def _change_state(self, state, allowed):
        """Move the records on, as a button of a screen asks for it: all or none.

        :param str state: the new state
        :param set allowed: the states that a record may come from
        :raise UserError: when a record is in another state by now
        """
        labels = labels_of(self, "state")
        for record in self:
            if record.state not in allowed:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s: it cannot become %(target)s.",
                        name=record.name,
                        state=labels[record.state],
                        target=labels[state],
                    )
                )
        self.write({"state": state})
