"""Reading beside the record cache of the transaction.

All users of a transaction share its cache: what is read there as superuser, Odoo would
afterwards give to who may not read it.
"""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api


@contextmanager
def own_cache(env, uid=SUPERUSER_ID, context=None):
    """Give an environment with a cache of its own, in the same database transaction:
    for reading what was flushed.

    :param Environment env:
    :param int uid:
    :param dict context:
    :rtype: ContextManager[Environment]
    """
    cr = env.cr
    transaction, cr.transaction = cr.transaction, None
    try:
        yield api.Environment(cr, uid, context or {})
    finally:
        cr.transaction = transaction
