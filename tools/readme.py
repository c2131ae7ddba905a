"""``make readme``: README.rst and the description page of each addon."""

import ast
import html
from pathlib import Path

import pypandoc

from tools import addons, output
from tools.settings import ROOT

# as OCA orders them
_SECTIONS = {
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
}
_BADGES = """
.. |maturity| image:: https://img.shields.io/badge/maturity-{maturity}-yellow.png
    :target: https://odoo-community.org/page/development-status
    :alt: {maturity}
.. |license| image:: https://img.shields.io/badge/licence-LGPL--3-blue.png
    :target: http://www.gnu.org/licenses/lgpl-3.0-standalone.html
    :alt: License: LGPL-3

|maturity| |license|
"""
_CONTENTS = """
**Table of contents**

.. contents::
   :local:
"""
_STYLE = """
body { font-family: sans-serif; color: #2b3640; max-width: 52em; margin: 2em auto;
       padding: 0 1em; line-height: 1.5; }
h1, h2, h3 { color: #1f4e79; }
pre { background: #f3f6f8; border-radius: 6px; padding: .8em 1em; overflow: auto; }
code { background: #f3f6f8; padding: 0 .2em; }
table { border-collapse: collapse; }
td, th { border: 1px solid #c9d3da; padding: .3em .6em; text-align: left; }
"""


def write() -> None:
    """Write the pages of all addons of this project."""
    for name in addons.names():
        addon = ROOT / name
        (addon / "README.rst").write_text(_rst(addon))
        page = addon / "static" / "description" / "index.html"
        page.write_text(_page(addon))
        output.say(f"{name}: README.rst, {page.relative_to(addon)}")


def _rst(addon: Path) -> str:
    manifest = _manifest(addon)
    title = manifest["name"]
    parts = [
        f"{'=' * len(title)}\n{title}\n{'=' * len(title)}",
        _BADGES.format(maturity=manifest["development_status"]).strip("\n"),
        _converted(addon, "DESCRIPTION", "rst"),
        _CONTENTS.strip("\n"),
    ]
    for fragment, heading in _SECTIONS.items():
        if text := _converted(addon, fragment, "rst"):
            parts += [_heading(heading, "="), text]
    parts += [
        _heading("Credits", "="),
        f"{_heading('Authors', '-')}\n\n* {manifest['author']}",
        _heading("Contributors", "-"),
        _converted(addon, "CONTRIBUTORS", "rst"),
    ]
    return "\n\n".join(parts) + "\n"


def _page(addon: Path) -> str:
    title = html.escape(_manifest(addon)["name"])
    parts = [_converted(addon, "DESCRIPTION", "html")]
    for fragment, heading in _SECTIONS.items():
        if text := _converted(addon, fragment, "html"):
            parts += [f"<h2>{html.escape(heading)}</h2>", text]
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _converted(addon: Path, fragment: str, form: str) -> str:
    source = addon / "readme" / f"{fragment}.md"
    if not source.exists():
        return ""
    # headings of fragments are one level below those of the page
    options = [
        "--columns=79",
        "--shift-heading-level-by=1",
        "--syntax-highlighting=none",
    ]
    text = pypandoc.convert_text(
        source.read_text(), form, format="gfm", extra_args=options
    )
    return text.replace("\r\n", "\n").strip("\n")


def _heading(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}"


def _manifest(addon: Path) -> dict:
    return ast.literal_eval((addon / "__manifest__.py").read_text())
