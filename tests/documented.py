"""What the pages for people show: blocks of code, and commands in the text."""

import re

from tools.settings import ROOT

PAGES = [
    "README.md",
    "Makefile",
    "docs/deployment.md",
    "docs/developer.md",
    "docs/monitoring.md",
    "docs/troubleshooting.md",
    "amanat_realtime/readme/INSTALL.md",
    "benchmarks/README.md",
    "e2e/README.md",
]
PYTHON = ".odoo/venv/bin/python"
BENCHMARKS = sorted(
    path.stem
    for path in (ROOT / "benchmarks").glob("*.py")
    if "__main__" in path.read_text() and path.stem != "__main__"
)
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_MAKE = re.compile(r"make [a-z]+(?: [A-Z_]+=(?:\"[^\"]+\"|\w+))*")
_PROGRAMS = ("make ", PYTHON, *(f"{name} --" for name in BENCHMARKS))


def text(page: str) -> str:
    return (ROOT / page).read_text()


def blocks(page: str, language: str) -> list[str]:
    """The blocks of code in a language."""
    found = _BLOCK.findall(text(page))
    return [
        re.sub(f"^{indent}", "", code, flags=re.MULTILINE)
        for indent, name, code in found
        if name == language
    ]


def commands(page: str) -> list[str]:
    """The commands of blocks, tables and sentences, without their comments."""
    if page == "Makefile":
        return re.findall(_MAKE, "".join(re.findall("^# .*\n", text(page), re.M)))
    lines = "".join(blocks(page, "sh")).splitlines()
    found = [re.sub(r"\s+#.*", "", line) for line in lines]
    spans = _SPAN.findall(_BLOCK.sub("", text(page)))
    found += [span for span in spans if span.startswith(_PROGRAMS)]
    return list(dict.fromkeys(filter(None, found)))


def options(page: str) -> list[str]:
    """Options of Odoo's that sentences and tables name by themselves."""
    spans = _SPAN.findall(text(page))
    return [span for span in spans if re.match(r"--?[a-z]", span)]
