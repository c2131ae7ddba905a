"""Promise: what the addon writes for Prometheus is what Prometheus reads."""

import pytest
from prometheus_client.parser import text_string_to_metric_families


@pytest.fixture
def parsed(exposition):
    def parse(*families):
        text = exposition.text_of(families)
        return {f.name: f for f in text_string_to_metric_families(text)}

    return parse


def values(family):
    return {(s.name, *s.labels.values()): s.value for s in family.samples}


def test_counter(exposition, parsed):
    samples = [("", {"model": "a"}, 3), ("", {"model": "b"}, 2.5)]
    family = parsed(exposition.family("x_total", "counter", "Some", samples))["x"]
    assert (family.type, family.documentation) == ("counter", "Some")
    assert values(family) == {("x_total", "a"): 3, ("x_total", "b"): 2.5}


def test_gauge_without_labels(exposition, parsed):
    family = parsed(exposition.family("x", "gauge", "Some", [("", {}, 10**12)]))["x"]
    assert values(family) == {("x",): 10**12}


def test_nothing_known(exposition, parsed):
    assert parsed(exposition.family("x", "gauge", "Some", []))["x"].samples == []


def test_text_that_needs_escaping(exposition, parsed):
    awkward = 'a "quoted" \\ back\nslash'
    lines = exposition.family("x", "gauge", awkward, [("", {"model": awkward}, 1)])
    family = parsed(lines)["x"]
    assert family.documentation == awkward
    assert values(family) == {("x", awkward): 1}


def test_histogram_is_cumulative(exposition, parsed):
    samples = exposition.histogram([0.1, 0.25, 1.0], {0: 2, 2: 3, 3: 1}, 7.5)
    family = parsed(exposition.family("x", "histogram", "Some", samples))["x"]
    assert values(family) == {
        ("x_bucket", "0.1"): 2,
        ("x_bucket", "0.25"): 2,
        ("x_bucket", "1"): 5,
        ("x_bucket", "+Inf"): 6,
        ("x_sum",): 7.5,
        ("x_count",): 6,
    }


def test_ends_with_a_line_feed(exposition):
    assert exposition.text_of([["a"], ["b", "c"]]) == "a\nb\nc\n"
