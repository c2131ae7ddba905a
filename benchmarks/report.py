"""Where results are kept, and on what machine they came about."""

import datetime
import json
import os
import platform
import subprocess
from pathlib import Path

import psutil

from tools import output
from tools.settings import ROOT

RESULTS = Path(__file__).parent / "results"


def machine() -> dict:
    """What figures depend on."""
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_at_start": os.getloadavg()[0],
        "commit": _commit(),
    }


def save(name: str, content: dict) -> Path:
    """Write a result as JSON, under the date of today."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{datetime.date.today()}-{name}.json"
    path.write_text(json.dumps(content, indent=1) + "\n")
    output.say(f"\nwritten: {path.relative_to(ROOT)}")
    return path


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()
