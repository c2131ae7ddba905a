"""Comparing texts, choices and files."""

import base64
import binascii
import logging
import re

from odoo.tools import human_size
from odoo.tools.mail import html_normalize, is_html_empty

from .kind import Kind

_logger = logging.getLogger(__name__)

# attributes that show nothing where there is no text; others may stand for content
_FORMATTING = {"class", "data-last-history-steps", "data-oe-version", "dir", "style"}
_ATTRIBUTE = re.compile(r"\s([^\s=<>\"'/]+)\s*=\s*[\"']")
_SIZE = re.compile(r"\d+(\.\d+)? ?[A-Za-z]+\Z", re.ASCII)


class TextKind(Kind):
    """No text and an empty one are the same. Of translated fields, the text in the
    language of the context is compared.
    """

    def base(self, field, raw):
        if raw is None or raw is False:
            return ""
        if not isinstance(raw, str):
            raise TypeError("not a text")
        return str(raw)

    def mine(self, field, record, value, base):
        size = getattr(field, "size", None)
        return self.base(field, value)[: size or None]


class HtmlKind(TextKind):
    """Compared in the form in which Odoo stores it: different markup of the same
    document, and all empty documents, are the same.
    """

    def mine(self, field, record, value, base):
        return self.base(field, field.convert_to_cache(value, record) or "")

    def same(self, field, record, stored, other):
        return stored == other or normalized(stored) == normalized(other)


class BooleanKind(Kind):
    def base(self, field, raw):
        if raw not in (None, True, False) or isinstance(raw, float):
            raise TypeError("not a boolean")
        return bool(raw)


class SelectionKind(Kind):
    def base(self, field, raw):
        if raw is None or raw is False:
            return False
        if not isinstance(raw, str):
            raise TypeError("not a key of a selection")
        return raw


class BinaryKind(Kind):
    """Files are compared by what the browser knows of them, their size as text: a file
    that somebody replaced by another one of the same size (as shown, so to a hundredth
    of a KB or MB) cannot be told from the one the person started from.
    """

    def base(self, field, raw):
        if raw is None or raw is False:
            return ""
        if isinstance(raw, bytes):
            raw = raw.decode("ascii", "replace")
        if not isinstance(raw, str):
            raise TypeError("not a file")
        return raw

    def stored(self, field, record):
        return self.base(field, record.with_context(bin_size=True)[field.name])

    def mine(self, field, record, value, base):
        return FileContent(self.base(field, value))

    def same(self, field, record, stored, other):
        if isinstance(other, FileContent) or (other and not _SIZE.match(other)):
            # its content is known
            content = record.with_context(bin_size=False)[field.name]
            return self.base(field, content) == other
        return stored == other


class FileContent(str):
    """Content of a file in base64, told apart from the text of its size."""

    __slots__ = ()


def normalized(html):
    """Return a form that is the same for HTML that shows the same.

    :param str html:
    :rtype: str
    """
    # an embedded component is an element without text
    if is_html_empty(html) and _FORMATTING.issuperset(_ATTRIBUTE.findall(html)):
        return ""
    try:
        return html_normalize(html)
    except Exception:
        _logger.debug("Real-time: HTML that cannot be parsed", exc_info=True)
        return html


def size_text(content):
    """Return the size of a file as Odoo shows it.

    :param content: base64 as text or bytes; or anything, of which nothing can be said
    :rtype: str | bool
    """
    if not isinstance(content, (str, bytes)):
        return False
    try:
        return human_size(len(base64.b64decode(content)))
    except (TypeError, ValueError, binascii.Error):
        return human_size(len(content))
