"""From a row about a piece of work to what a person may know of it."""

from ..progress.state import told_to
from .readable import readable_now


def progress(model, row):
    """Return how far a work is, if the recipient may see it.

    :param BaseModel model: with the recipient as its user
    :param dict row: content of the row
    :rtype: dict
    """
    state = row["progress"]
    # of what was taken back there is no row any more
    if state["state"] != "gone" and not readable_now([model], [state["id"]])[0]:
        return {}
    return {"v": row["v"], "at": row["at"], **told_to(model.env, state)}
