"""Promise: figures are medians of rounds that count, and tables hide no failure."""

import dataclasses

import pytest

from benchmarks.fanout import table
from benchmarks.fanout.figures import Figures, median, nothing
from benchmarks.fanout.sql import count
from e2e.measure import percentile


def figures(p50, failed="", **more):
    values = dict.fromkeys((f.name for f in dataclasses.fields(Figures)), 1)
    return Figures(**{**values, "p50": p50, "failed": failed, **more})


def test_percentile():
    values = list(range(101))
    assert [percentile(values, p) for p in (50, 95, 99)] == [50, 95, 99]


def test_median_of_rounds():
    assert median([figures(3), figures(100), figures(5)]).p50 == 5


def test_failed_rounds_do_not_count_and_are_told():
    found = median([figures(3), figures(100, "2 lost", lost=2), figures(5, lost=0)])
    assert found.p50 == 4
    assert found.failed == "2 lost"
    assert found.lost == 3


def test_what_could_not_be_measured():
    found = median([figures(3), nothing("not all of 5 sockets are told")])
    assert found.p50 == 3
    assert found.failed == "not all of 5 sockets are told"


def test_nothing_but_failures():
    found = median([figures(None, "closed"), figures(3, "2 lost")])
    assert found.p50 is None
    assert found.failed == "closed; 2 lost"


def row(name, p50, failed="", watchers=50):
    return {
        "name": name,
        "title": name.title(),
        "watchers": watchers,
        "rate": 10,
        "median": dataclasses.asdict(figures(p50, failed)),
    }


def test_ratios_to_the_base_of_the_same_situation():
    text = table.fanout(
        [row("ours", 20), row("plain", 10), row("ours", 30, watchers=100)], "plain"
    )
    lines = text.splitlines()
    assert lines[2].startswith("| Ours | 50 × 10 | 20 (× 2.00) |")
    assert lines[3].startswith("| Plain | 50 × 10 | 10 |")
    # nothing to compare with
    assert lines[4].startswith("| Ours | 100 × 10 | 30 |")


def test_failures_are_shown():
    text = table.fanout([row("ours", None, "3 lost")], "plain")
    assert "| **failed**: 3 lost |" in text
    assert "| Ours | 50 × 10 |  |" in text


def test_all_lines_have_the_same_cells():
    lines = table.fanout([row("ours", 1), row("plain", None, "x")], "plain")
    assert len({line.count("|") for line in lines.splitlines()}) == 1


def test_table_of_statements():
    text = table.statements({"Plain": {50: 51, 200: 201.25}})
    assert text.splitlines() == [
        "| SQL statements per change | 50 watchers | 200 watchers |",
        "|---|---|---|",
        "| Plain | 51.0 | 201.2 |",
    ]


LOG = """\
2026-11-26 06:40:01,123 77 DEBUG db odoo.sql_db: [0.123 ms] query: SELECT 1
  FROM x
2026-11-26 06:40:01,124 77 DEBUG db odoo.sql_db: [10.5 ms] query:
        SELECT query: 77
2026-11-26 06:40:01,124 78 DEBUG db odoo.sql_db: [0.1 ms] query: SELECT 2
2026-11-26 06:40:01,125 77 DEBUG ? odoo.sql_db: SQL LOG from:
2026-11-26 06:40:01,126 77 DEBUG ? odoo.sql_db: [0.1 ms] query: SELECT 3
"""


@pytest.mark.parametrize(("pid", "expected"), [(77, 3), (78, 1), (7, 0)])
def test_count_of_statements(pid, expected):
    assert count(LOG, pid) == expected
