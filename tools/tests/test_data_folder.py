import pytest

from tools import data_folder
from tools.errors import ToolError


def test_a_new_folder_becomes_ours_for_good(tmp_path):
    folder = tmp_path / "deep" / "data"
    data_folder.claim(folder)
    (folder / "file").touch()
    data_folder.claim(folder)
    assert data_folder.is_ours(folder)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(ToolError, match="set ODOO_DATA to another"):
        data_folder.claim(tmp_path)
    assert not data_folder.is_ours(tmp_path)
