from odoo import models

from ..recording.addressed import notify_users


class ResUsers(models.Model):
    _inherit = "res.users"

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
