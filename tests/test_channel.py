"""Promise: what a browser asks for is read exactly, and nothing it can ask for is the
name of a channel.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st


def test_model(channel):
    assert channel.parse_request("amanat_realtime:a.b") == ("a.b", None)


def test_room_may_hold_anything(channel):
    assert channel.parse_request("amanat_realtime:a.b:2026:11") == ("a.b", "2026:11")


@pytest.mark.parametrize("name", ["broadcast", "", "amanat:x", "amanat_realtimes:x"])
def test_channels_of_others(channel, name):
    assert channel.parse_request(name) is None


@pytest.mark.parametrize(
    "name",
    ["amanat_realtime", "amanat_realtime:", "amanat_realtime::room"]
    + ["amanat_realtime:" + "x" * 300],
)
def test_malformed(channel, name):
    with pytest.raises(ValueError):
        channel.parse_request(name)


@given(st.text())
def test_no_text_breaks_it(channel, text):
    try:
        channel.parse_request("amanat_realtime:" + text)
    except ValueError:
        pass


@given(st.text(min_size=1), st.none() | st.text(min_size=1))
def test_no_string_names_a_channel(channel, model, room):
    # core turns a string into a pair of the database and the string
    assert len(channel.channel_tuple("db", model, room)) > 2
