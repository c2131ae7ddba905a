"""What runs beside a stage is told of as if it had run after it."""

import os
import subprocess
import sys
import time

from tools import process
from tools.beside import Beside
from tools.stage import Result

_RESULTS = [
    Result("one", "2 passed in 1.00s", True, 1),
    Result("two", "1 failed in 1.00s", False, 1, ("FAILED a.py::b",)),
]


def test_output_comes_at_the_end(tmp_path, capfd):
    def work():
        print("of the process itself")
        subprocess.run([sys.executable, "-c", "print('of a child')"], check=True)
        return _RESULTS

    beside = Beside(work, tmp_path / "logs" / "log")
    assert capfd.readouterr().out == ""
    assert beside.results() == _RESULTS
    beside.stop()
    shown = capfd.readouterr().out.split("\n")
    assert {"of the process itself", "of a child"} <= set(shown)


def test_end_without_results_is_a_failure(tmp_path, capfd):
    def work():
        raise RuntimeError("why it broke off")

    beside = Beside(work, tmp_path / "log")
    [result] = beside.results()
    beside.stop()
    assert not result.passed
    assert "why it broke off" in capfd.readouterr().out


def test_stop_ends_what_it_started(tmp_path):
    def work():
        child = process.start([sys.executable, "-c", "import time; time.sleep(600)"])
        (tmp_path / "making").write_text(str(child.pid))
        (tmp_path / "making").rename(tmp_path / "pid")
        child.wait()

    beside = Beside(work, tmp_path / "log")
    deadline = time.monotonic() + 30
    while not (tmp_path / "pid").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    beside.stop()
    pid = int((tmp_path / "pid").read_text())
    while _runs(pid):
        assert time.monotonic() < deadline, "it goes on"
        time.sleep(0.05)


def _runs(pid):
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
