"""Promise: formatted text that is being written in the editor stays as it is when
somebody else saves the same field, and is not saved over theirs without a question.
"""

import pytest
from playwright.sync_api import expect

from e2e.conflicts import ConflictDialog, Mark
from e2e.shapes import ONE_SHAPE

FIELD = "body"


# not every edit in an editor is an input event of the browser
EDITS = {
    "typed": lambda editor: editor.press_sequentially(" mine"),
    "erased": lambda editor: [editor.press("Backspace") for _ in range(3)],
}


@ONE_SHAPE
@pytest.mark.parametrize(
    ("edit", "mine"), [("typed", "before mine"), ("erased", "bef")], ids=EDITS
)
@pytest.mark.parametrize("answer", ["mine", "theirs"])
def test_formatted_text(login, backend, records, answer, edit, mine):
    id_ = records.make_one(body="<p>before</p>")
    client = login("admin")
    form = client.open_form(id_)
    client.wait_until_live()
    form.page.get_by_role("tab", name="Notes").click()
    editor = form.field(FIELD).locator(".odoo-editor-editable")
    expect(editor).to_have_text("before")
    editor.click()
    editor.press("End")
    EDITS[edit](editor)
    backend("demo").write(id_, body="<p>theirs</p>", quantity=7)
    expect(form.input("quantity")).to_have_value("7")
    mark = Mark(form.field(FIELD))
    expect(mark.text).to_contain_text("theirs")
    expect(editor).to_have_text(mine)
    expect(editor).to_be_focused()
    form.save_button.click()
    dialog = ConflictDialog(form.page)
    dialog.expect_values("before", mine, "theirs")
    dialog.answer(answer)
    stored = {"mine": mine, "theirs": "theirs"}[answer]
    expect(editor).to_have_text(stored)
    expect(form.save_button).not_to_be_visible()
    assert stored in backend("auditor").read(id_, FIELD)[FIELD]
    assert client.errors() == []
