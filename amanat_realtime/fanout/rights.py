"""Who gets the same of a row, decided without asking again for every socket."""

import time

from ..delivery.access_class import access_class, fields_of

# seconds
MAX_AGE = 60
# some kilobytes each, where each reader has their own rights
MAX_CLASSES = 5000


class Rights:
    """What recipients may know, as far as the caches of the registry go.

    Odoo itself keeps evaluated rules and groups there, and empties them when something
    changes; a new epoch begins then.
    """

    def __init__(self, epoch):
        """
        :param epoch: see ``_realtime_rights_epoch``
        """
        self.epoch = epoch
        self._made = time.monotonic()
        self._internal = {}
        self._classes = {}
        self._same = {}

    def holds(self, epoch):
        """
        :param epoch: that of now
        :rtype: bool
        """
        # Odoo drops what it has no room for, and evaluates it anew then
        return self.epoch == epoch and time.monotonic() - self._made < MAX_AGE

    def is_internal(self, uid, env_of):
        """
        :param int uid: of a recipient
        :param env_of: ``env_of(uid)``: that of the recipient
        :type env_of: Callable[[int], Environment]
        :rtype: bool
        """
        if uid not in self._internal:
            self._internal[uid] = env_of(uid).user._is_internal()
        return self._internal[uid]

    def class_of(self, uid, lang, row, shape, env_of):
        """Return the access class of a recipient over a row.

        :param int uid: of the recipient
        :param str | None lang:
        :param dict row: content of the row
        :param Hashable shape: see :func:`shape_of`
        :param env_of: ``env_of(uid)``: that of the recipient, in their language
        :type env_of: Callable[[int], Environment]
        :rtype: Hashable
        """
        key = shape, uid, lang
        if key not in self._classes:
            if len(self._classes) >= MAX_CLASSES:
                self._classes.clear()
                self._same.clear()
            found = access_class(env_of(uid), row)
            # equal ones are kept once
            self._classes[key] = self._same.setdefault(found, found)
        return self._classes[key]


def shape_of(row):
    """Return what of a row the access class depends on.

    :param dict row: content of the row
    :rtype: Hashable
    """
    return row["model"], frozenset(fields_of(row))


def languages(cr, uids):
    """Return the languages of the active ones among users; that of a contact may change
    without the user being touched.

    :param Cursor cr:
    :param Collection[int] uids:
    :rtype: dict[int, str | None]
    """
    cr.execute(
        """SELECT u.id, p.lang FROM res_users u
             JOIN res_partner p ON p.id = u.partner_id
            WHERE u.active AND u.id = ANY(%s)""",
        (list(uids),),
    )
    return dict(cr.fetchall())
