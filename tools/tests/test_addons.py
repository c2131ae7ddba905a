import pytest

from tools import addons


@pytest.fixture
def root(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "models").mkdir(parents=True)
        (tmp_path / name / "__manifest__.py").write_text("{}")
    (tmp_path / "no_addon").mkdir()
    return tmp_path


def test_names(root):
    assert addons.names(root) == ["one", "two"]


def test_fingerprint_follows_content(root):
    model = root / "one" / "models" / "thing.py"
    seen = {addons.fingerprint(root)}
    model.write_text("a")
    seen.add(addons.fingerprint(root))
    model.write_text("b")
    seen.add(addons.fingerprint(root))
    model.rename(model.with_name("other.py"))
    seen.add(addons.fingerprint(root))
    assert len(seen) == 4


def test_fingerprint_ignores_what_needs_no_update(root):
    before = addons.fingerprint(root)
    for folder in ("tests", "static/src", "models/__pycache__", "readme"):
        (root / "one" / folder).mkdir(parents=True)
        (root / "one" / folder / "file").write_text("x")
    assert addons.fingerprint(root) == before
