"""The folder that holds everything this project makes on a machine."""

from pathlib import Path

from tools.errors import ToolError

_MARK = ".amanat"


def claim(folder: Path) -> None:
    """Make the folder ours: ``make clean`` will remove it with all that is in it.

    :raises ToolError: it holds things of somebody else, or may not be written to
    """
    if is_ours(folder):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = any(folder.iterdir())
        if not foreign:
            (folder / _MARK).touch()
    except OSError as error:
        raise ToolError(
            f"{folder} cannot be used ({error.strerror}): set ODOO_DATA to a folder "
            "that you may write to"
        ) from None
    if foreign:
        raise ToolError(
            f"{folder} is not empty and not of this project: set ODOO_DATA to another "
            "folder"
        )


def is_ours(folder: Path) -> bool:
    return (folder / _MARK).exists()
