"""Columns that hold several values: one per language, company or property."""

import json

from ..drafts.jsonable import jsonable
from .secrets import sounds_secret
from .values import MAX_TEXT, cut, describe

_GONE = object()


def translations(field, old, new, names):
    """Return what is kept of a translated column: the languages that changed.

    :param Field field:
    :param dict | None old: ``{language: text}``
    :param dict | None new:
    :param Names names:
    :return: JSON value and text, old and new
    :rtype: tuple[tuple, tuple]
    """
    changed = _changed(old, new)
    # what Odoo notes for itself begins with an underscore
    languages = [language for language in changed if not language.startswith("_")]
    return tuple(
        _translation(field, whole or {}, languages, names) for whole in (old, new)
    )


def companies(old, new):
    """Tell a company-dependent column by company.

    :return: yields ``(company id, old, new)`` of those that changed
    """
    for key in _changed(old, new):
        yield int(key), (old or {}).get(key), (new or {}).get(key)


def properties(field, records, old, new, names):
    """Return what is kept of properties: those that changed.

    :param BaseModel records: the record, superuser
    :return: JSON value and text, old and new
    :rtype: tuple[tuple, tuple]
    """
    changed = _changed(old, new)
    definitions = {d["name"]: d for d in _definitions(field, records)}
    return tuple(
        _properties(definitions, whole or {}, changed, names) for whole in (old, new)
    )


def _changed(old, new):
    old, new = old or {}, new or {}
    return [k for k in sorted(old.keys() | new.keys()) if old.get(k) != new.get(k)]


def _translation(field, whole, languages, names):
    found = {
        language: describe(field, whole[language], names)
        for language in languages
        if whole.get(language) is not None
    }
    raw = {language: value for language, (value, _text) in found.items()}
    if languages == ["en_US"]:
        return raw or None, found["en_US"][1] if found else None
    lines = [f"{language}: {text or ''}" for language, (_raw, text) in found.items()]
    return raw or None, cut("\n".join(lines)) or None


def _definitions(field, records):
    record = records[:1]
    container = record[field.definition_record] if record else record
    return (container and container[field.definition_record_field]) or []


def _properties(definitions, whole, changed, names):
    raw, lines = {}, []
    for name in changed:
        value = whole.get(name, _GONE)
        if value is _GONE or value is None or value is False:
            continue
        definition = definitions.get(name, {})
        label = definition.get("string") or name
        if sounds_secret(name) or sounds_secret(label.replace(" ", "_")):
            continue
        raw[name] = jsonable(value)
        lines.append(f"{label}: {_property_text(definition, value, names)}")
    if len(json.dumps(raw)) > MAX_TEXT:
        raw = {name: None for name in raw}
    return raw or None, cut("\n".join(lines)) or None


def _property_text(definition, value, names):
    kind = definition.get("type")
    if kind == "boolean":
        return "Yes" if value else "No"
    if kind == "selection":
        return dict(definition.get("selection") or ()).get(value, value)
    if kind == "tags":
        labels = {tag[0]: tag[1] for tag in definition.get("tags") or ()}
        return ", ".join(str(labels.get(tag, tag)) for tag in value)
    if kind in ("many2one", "many2many"):
        # names of records are for those who may read them: see what a reader is given
        ids = value if isinstance(value, list) else [value]
        return ", ".join(f"#{id_}" for id_ in ids)
    return str(value)
