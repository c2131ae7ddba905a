"""Promise: however savepoints split a transaction, its audit is its net effect."""

from hypothesis import given
from hypothesis import strategies as st

BATCH = st.dictionaries(st.sampled_from(["amount", "state"]), st.integers(0, 2))
LINKS = st.sets(st.integers(1, 4))


class Table:
    """The rows of one transaction, as PostgreSQL would hold them."""

    def __init__(self, join):
        self.join = join
        self.rows = {}

    def write(self, later):
        outdated, rows = self.join(dict(self.rows), later)
        for id_ in outdated:
            del self.rows[id_]
        for row in rows:
            self.rows[max(self.rows, default=0) + 1] = row

    def pairs(self):
        return {row.field: (row.old, row.new) for row in self.rows.values()}


def change(row, field, old, new, ttype="integer"):
    texts = {"old_text": str(old), "new_text": str(new)}
    return row("update", 1, "One", field, ttype, None, old, new, **texts)


@given(batches=st.lists(BATCH))
def test_values(audit_join, audit_row, batches):
    table = Table(audit_join)
    start = {"amount": 0, "state": 0}
    now = dict(start)
    for batch in batches:
        changed = {name: value for name, value in batch.items() if value != now[name]}
        table.write([change(audit_row, n, now[n], v) for n, v in changed.items()])
        now.update(changed)
    assert table.pairs() == {
        name: (start[name], now[name]) for name in start if start[name] != now[name]
    }
    for row in table.rows.values():
        assert (row.old_text, row.new_text) == (str(row.old), str(row.new))


@given(start=LINKS, steps=st.lists(LINKS))
def test_links(audit_join, audit_row, start, steps):
    def links(ids):
        return [{"id": id_, "name": f"n{id_}"} for id_ in sorted(ids)] or None

    table, now = Table(audit_join), start
    for step in steps:
        if step != now:
            old, new = links(now - step), links(step - now)
            table.write([change(audit_row, "tag_ids", old, new, "many2many")])
        now = step
    [(removed, added)] = table.pairs().values() or [(None, None)]
    assert {link["id"] for link in removed or ()} == start - now
    assert {link["id"] for link in added or ()} == now - start


def test_new_record_has_no_history(audit_join, audit_row):
    table = Table(audit_join)
    table.write([audit_row("create", 1, "One")])
    table.write([change(audit_row, "amount", 0, 1)])
    assert [row.action for row in table.rows.values()] == ["create"]
    table.write([audit_row("delete", 1, "One")])
    assert not table.rows


def test_deletion_replaces_changes(audit_join, audit_row):
    table = Table(audit_join)
    table.write([change(audit_row, "amount", 0, 1)])
    table.write([audit_row("delete", 1, "One")])
    assert [row.action for row in table.rows.values()] == ["delete"]


def test_what_cannot_be_compared_is_kept(audit_join, audit_row):
    """Secrets and files that are as large as before."""
    for kept in ({"secret": True}, {"old": 5, "new": 5, "ttype": "binary"}):
        table = Table(audit_join)
        for _savepoint in range(2):
            table.write([audit_row("update", 1, "One", "field", **kept)])
        assert len(table.rows) == 1


def test_other_languages_are_other_changes(audit_join, audit_row):
    table = Table(audit_join)
    for old, new in (
        ({"en_US": "a"}, {"en_US": "b"}),
        ({"en_US": "b"}, {"en_US": "c"}),
        ({"fr_FR": "x"}, {"fr_FR": "y"}),
    ):
        table.write([change(audit_row, "name", old, new, "char")])
    pairs = [(row.old, row.new) for row in table.rows.values()]
    assert pairs == [
        ({"en_US": "a"}, {"en_US": "c"}),
        ({"fr_FR": "x"}, {"fr_FR": "y"}),
    ]
