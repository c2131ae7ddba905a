"""A failure of ours must not become a failure of the user's transaction."""

import logging
from contextlib import contextmanager

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


@contextmanager
def never_break(doing):
    """Log what goes wrong inside, and go on. What runs SQL of some complexity needs a
    savepoint besides.

    :param str doing: what fails, for the log
    :raise psycopg2.Error: a concurrency error, which Odoo answers by running the whole
        transaction again
    """
    try:
        yield
    except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
        raise
    except Exception:
        _logger.exception("Real-time: could not %s", doing)
