"""Promise: what a browser says about where it is, is taken exactly as the contract has
it, or refused with the reason.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

PLACE = {"model": "a.b", "state": "viewing"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)
KEYS = st.sampled_from(["model", "room", "id", "field", "state", "typing"])


def place(**values):
    return {**PLACE, **values}


@pytest.mark.parametrize(
    "good",
    [
        place(),
        place(room="2026-11"),
        place(id=7, state="idle"),
        place(id=7, state="editing"),
        place(id=7, state="editing", field="amount"),
        place(id=7, state="editing", field="amount", typing=True),
    ],
)
def test_taken_as_it_is(report, good):
    assert report.parse_places([good]) == [good]


def test_what_says_nothing_is_left_out(report):
    spoken = place(id=None, room=None, field=None, typing=False)
    assert report.parse_places([spoken]) == [PLACE]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (None, "not an object"),
        (["model"], "not an object"),
        ({"state": "viewing"}, "model"),
        (place(model=7), "model"),
        (place(model=""), "model"),
        (place(model="a" * 129), "model"),
        (place(room="a\x00b"), "room"),
        (place(room="\ud800"), "room"),
        (place(room=""), "room"),
        (place(id=0), "id"),
        (place(id=-1), "id"),
        (place(id="7"), "id"),
        (place(id=True), "id"),
        (place(id=7.0), "id"),
        (place(id=2**31), "id"),
        (place(state="away"), "state"),
        (place(state=["editing"]), "state"),
        (place(state=None), "state"),
        (place(id=7, field="amount"), "field"),
        (place(id=7, state="editing", field=1), "field"),
        (place(id=7, state="editing", typing=True), "typing"),
        (place(id=7, state="editing", field="amount", typing=1), "typing"),
        (place(secret=1), "secret"),
    ],
)
def test_refused_with_the_reason(report, bad, reason):
    with pytest.raises(ValueError, match=reason):
        report.parse_places([PLACE, bad])


@pytest.mark.parametrize("bad", [None, {}, "[]", 3])
def test_not_a_list(report, bad):
    with pytest.raises(ValueError, match="not a list"):
        report.parse_places(bad)


def test_at_most_20(report):
    places = [place(id=number) for number in range(1, 22)]
    assert len(report.parse_places(places[:20])) == 20
    with pytest.raises(ValueError, match="more than 20"):
        report.parse_places(places)


def test_one_for_each_record(report):
    editing = place(id=7, state="editing", field="amount")
    for order in ([editing, place(id=7)], [place(id=7), editing]):
        assert report.parse_places(order) == [editing]


def test_order_does_not_matter(report):
    places = [place(id=3), place(), place(id=1), place(id=2, room="r")]
    parsed = report.parse_places(places)
    assert report.parse_places(places[::-1]) == parsed


def test_tab(report):
    assert report.parse_tab("0a" * 12) == "0a" * 12


@pytest.mark.parametrize("bad", [None, "", "0a" * 11, "0A" * 12, "0a" * 12 + "\n", 1])
def test_malformed_tab(report, bad):
    with pytest.raises(ValueError, match="tab"):
        report.parse_tab(bad)


@given(st.lists(st.dictionaries(KEYS, JSON) | JSON))
def test_nothing_breaks_it(report, places):
    try:
        parsed = report.parse_places(places)
    except ValueError:
        return
    assert report.parse_places(parsed) == parsed
