import dataclasses

import pytest

from tools import odoo_source, settings
from tools.errors import ToolError


@pytest.fixture
def home(tmp_path):
    (tmp_path / "odoo").mkdir()
    return tmp_path


def _find(home):
    return odoo_source.find(dataclasses.replace(settings.load({}), odoo_home=home))


def _release(home, version):
    release = home / "odoo" / "release.py"
    release.write_text(f"RELEASE_LEVELS = []\nversion_info = ({version}, 0, 'final')\n")


def test_a_source_checkout(home):
    _release(home, "19, 0")
    assert _find(home).root == home


def test_the_addons_beside_the_package_are_found(home):
    _release(home, "19, 0")
    (home / "addons" / "web").mkdir(parents=True)
    (home / "addons" / "web" / "__manifest__.py").touch()
    assert _find(home).addons_paths == [home / "addons"]


@pytest.mark.parametrize("version", ["18, 0", "'saas~18', 4"])
def test_another_version_is_refused(home, version):
    _release(home, version)
    with pytest.raises(ToolError, match=r"is Odoo 18\.\d: give one of 19\.0"):
        _find(home)


def test_another_folder_is_refused(home):
    with pytest.raises(ToolError, match="no odoo/release.py"):
        _find(home)
