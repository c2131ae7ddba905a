from odoo import fields, models

from ..presence.end import end_presence
from ..recording.addressed import notify_users

PREFERENCES = [
    "amanat_realtime_toasts",
    "amanat_realtime_hold",
    "amanat_realtime_hidden",
]
# what decides where a person may be, and be seen
_RIGHTS = {"group_ids", "active", "company_id", "company_ids", "amanat_realtime_hidden"}


class ResUsers(models.Model):
    _inherit = "res.users"

    amanat_realtime_toasts = fields.Boolean(
        "Tell me what others change",
        default=True,
        help="Show a short message when somebody else changes a record that I am "
        "looking at. Conflicts with my own changes are always shown.",
    )

    amanat_realtime_hold = fields.Boolean(
        "Keep rows under my mouse in place",
        help="Rows and cards do not move, come or go while my mouse rests on a list or "
        "board. What others changed waits until I leave it, or ask for it.",
    )

    amanat_realtime_hidden = fields.Boolean(
        "Do not show others where I am",
        help="Others do not see which lists and records I look at or edit. I still see "
        "where they are.",
    )

    def write(self, vals):
        result = super().write(vals)
        if _RIGHTS & vals.keys():
            end_presence(self.env, user_ids=self.ids)
        return result

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *PREFERENCES]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *PREFERENCES]

    def _send_realtime_notification(self, action, model, records, fields=()):
        """Tell these people, in all their tabs, that something happened.

        It is told after the commit. Of what is sent, a person is told only of records
        that they may read, and without fields that they may not read. Only internal
        users are told anything.

        :param str action: whoever subscribed to it in the browser is called
        :param str model: name of the model that it is about, live or not
        :param list[dict] records: JSON values. The key ``id`` says which record they
            are about; other keys need not be names of fields
        :param Iterable[str] fields: names
        :raise ValueError: if the model does not exist, if the records are no list of
            dicts of JSON values, or if they are too long
        """
        notify_users(self, action, model, records, fields)
