"""Promise: in Russian nothing is left in English, and no translation loses a value that
belongs into it; in Thai, the same for what is translated.
"""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(ROOT.glob("amanat_realtime*/i18n/*.pot"))
TRANSLATIONS = sorted(ROOT.glob("amanat_realtime*/i18n/*.po"))
# values, and the beginnings of tags
_PLACES = re.compile(r"%\(\w+\)[a-z]|%[a-z]\b|</?[a-z]+")


def test_they_are_there():
    assert [path.parent.parent.name for path in TEMPLATES] == [
        "amanat_realtime",
        "amanat_realtime_demo",
    ]
    assert [path.name for path in TRANSLATIONS] == ["ru.po", "ru.po", "th.po"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_russian_is_complete(template):
    wanted = {entry.msgid for entry in polib.pofile(template)}
    russian = polib.pofile(template.with_name("ru.po"))
    assert wanted
    assert {entry.msgid for entry in russian if entry.translated()} == wanted


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_values_and_tags_are_kept(path):
    entries = polib.pofile(path)
    assert not [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete]
    for entry in entries:
        assert _places(entry.msgstr) == _places(entry.msgid), entry.msgid


def _places(text):
    return sorted(_PLACES.findall(text))
