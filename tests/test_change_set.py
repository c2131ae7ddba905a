"""Promise: a change set is the net effect of a transaction, however its writes were
ordered, batched and split by savepoints.
"""

import json

from hypothesis import given
from hypothesis import strategies as st

FIELDS = ["name", "state", "amount"]
VALUES = st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from(["a", "b", ""]))
BEFORE = st.dictionaries(
    st.integers(1, 4),
    st.fixed_dictionaries({name: VALUES for name in FIELDS}),
    max_size=4,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(1, 8), st.sampled_from(FIELDS), VALUES),
        st.tuples(st.just("create"), st.integers(5, 8)),
        st.tuples(st.just("unlink"), st.integers(1, 8)),
    ),
    max_size=30,
)


def run(change_set, before, steps):
    """Play the steps on a table, and note each in a change set.

    :return: the change set and the table afterwards
    """
    table = {id_: dict(values) for id_, values in before.items()}
    used = set(before)
    changes = change_set.ChangeSet()
    for step in steps:
        kind, id_ = step[:2]
        if kind == "write" and id_ in table:
            name, value = step[2:]
            change = change_set.Change()
            change.set(name, table[id_][name], value)
            changes.note_updated({id_: change})
            before, table[id_] = table[id_], {**table[id_], name: value}
            changes.note_rights({id_: before}, {id_: table[id_]})
        elif kind == "create" and id_ not in used:
            used.add(id_)
            table[id_] = dict.fromkeys(FIELDS, False)
            changes.note_created(id_)
        elif kind == "unlink" and id_ in table:
            changes.note_deleted(id_, table[id_])
            del table[id_]
    return changes, table


def apply(row, before):
    """Apply a row to the state before it, as a reader of it would."""
    table = {id_: dict(values) for id_, values in before.items()}
    for id_ in row.get("unlink", ()):
        del table[id_]
    for group in row.get("update", ()):
        for id_ in group["ids"]:
            for name, (old, new) in group["diff"].items():
                assert table[id_][name] == old
                assert old != new
                table[id_][name] = new
    return table


@given(BEFORE, STEPS)
def test_before_and_diff_give_after(change_set, before, steps):
    changes, after = run(change_set, before, steps)
    row = changes.to_row()
    assert set(row.get("create", ())) == after.keys() - before.keys()
    known = {id_: values for id_, values in after.items() if id_ in before}
    assert apply(row, before) == known


@given(BEFORE, STEPS)
def test_rights_are_those_before_and_after(change_set, before, steps):
    changes, after = run(change_set, before, steps)
    for group in changes.to_row().get("rights", ()):
        for id_ in group["ids"]:
            assert group["before"] == before[id_]
            if id_ in after:
                assert group.get("after", group["before"]) == after[id_]


@given(BEFORE, STEPS, st.integers(0, 30))
def test_split_by_a_savepoint_makes_no_difference(change_set, before, steps, at):
    whole, _after = run(change_set, before, steps)
    first, middle = run(change_set, before, steps[:at])
    # an id that the first part used up is not given out again
    gone = {step[1] for step in steps[:at] if step[0] == "create"} - middle.keys()
    later = [s for s in steps[at:] if not (s[0] == "create" and s[1] in gone)]
    second, _after = run(change_set, middle, later)
    joined = change_set.ChangeSet.from_row(json.loads(json.dumps(first.to_row())))
    joined.follow(second)
    if later == steps[at:]:
        assert normal(joined.to_row()) == normal(whole.to_row())


@given(BEFORE, st.permutations(FIELDS), VALUES, VALUES)
def test_order_of_fields_does_not_matter(change_set, before, order, first, last):
    def steps(names):
        return [("write", 1, n, v) for v in (first, last) for n in names]

    one, _after = run(change_set, before, steps(FIELDS))
    other, _after = run(change_set, before, steps(order))
    assert normal(one.to_row()) == normal(other.to_row())


@given(BEFORE, STEPS)
def test_row_survives_the_database(change_set, before, steps):
    changes, _after = run(change_set, before, steps)
    row = json.loads(json.dumps(changes.to_row()))
    assert normal(change_set.ChangeSet.from_row(row).to_row()) == normal(row)


@given(BEFORE, STEPS, st.sets(st.integers(1, 8)))
def test_part_and_rest_are_the_whole(change_set, before, steps, ids):
    changes, _after = run(change_set, before, steps)
    joined = changes.only(ids)
    joined.follow(changes.only(set(range(1, 9)) - ids))
    assert normal(joined.to_row()) == normal(changes.to_row())


def test_deleted_record_keeps_what_rules_saw_first(change_set):
    changes = change_set.ChangeSet()
    changes.note_updated({1: change_set.Change()})
    changes.note_rights({1: {"user_id": 5}}, {1: {"user_id": 6}})
    changes.note_deleted(1, {"user_id": 6, "company_id": 1})
    assert changes.to_row() == {
        "unlink": [1],
        "rights": [{"ids": [1], "before": {"user_id": 5, "company_id": 1}}],
    }


def test_what_rules_see_does_not_split_equal_changes(change_set):
    changes = change_set.ChangeSet()
    for id_ in range(1000):
        changes.note_updated({id_: change_set.Change({"state": ("draft", "done")})})
        changes.note_rights({id_: {"user_id": id_}}, {id_: {"user_id": id_}})
    row = changes.to_row()
    assert len(row["update"]) == 1
    assert len(row["rights"]) == 1000
    assert "after" not in row["rights"][0]


def test_moved_for_rules_alone_is_told(change_set):
    changes = change_set.ChangeSet()
    changes.note_updated({1: change_set.Change()})
    changes.note_rights({1: {"user_id": 5}}, {1: {"user_id": 6}})
    row = changes.to_row()
    assert row["update"] == [{"ids": [1]}]
    assert row["rights"] == [
        {"ids": [1], "before": {"user_id": 5}, "after": {"user_id": 6}}
    ]


def test_equal_changes_share_an_entry(change_set):
    changes = change_set.ChangeSet()
    for id_ in range(1000):
        changes.note_updated({id_: change_set.Change({"state": ("draft", "done")})})
    [update] = changes.to_row()["update"]
    assert len(update["ids"]) == 1000


def test_true_is_not_one(change_set):
    # JSON tells them apart, Python does not
    changes = change_set.ChangeSet()
    changes.note_updated({1: change_set.Change({"active": (False, True)})})
    changes.note_updated({2: change_set.Change({"quantity": (0, 1)})})
    assert json.dumps(changes.to_row()["update"]).count("true") == 1


def test_too_many_ids(change_set):
    changes = change_set.ChangeSet()
    for id_ in range(5001):
        changes.note_created(id_)
    assert changes.to_row() == {"refresh": True}


def test_too_many_diffs(change_set):
    changes = change_set.ChangeSet()
    for id_ in range(201):
        changes.note_updated({id_: change_set.Change({"quantity": (-1, id_)})})
    assert changes.to_row() == {"refresh": True}


def test_refresh_stays(change_set):
    changes = change_set.ChangeSet.from_row({"refresh": True})
    later = change_set.ChangeSet()
    later.note_created(1)
    changes.follow(later)
    assert changes.to_row() == {"refresh": True}


def normal(row):
    """Return a row without the order of its entries."""
    result = {}
    for key, value in row.items():
        flat = key in ("create", "unlink")
        groups = [{"ids": [id_]} for id_ in value] if flat else value
        result[key] = sorted(
            json.dumps(
                [id_, {k: v for k, v in g.items() if k != "ids"}], sort_keys=True
            )
            for g in groups
            for id_ in g["ids"]
        )
    return result
