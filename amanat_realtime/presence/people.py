"""Who is present, as a person may know it."""

from collections import defaultdict

from .visible import visible


def people(env, rows):
    """Return the tabs of others with the places that the user of ``env`` may know of.

    :param Environment env:
    :param list[tuple[int, str, dict]] rows: user, tab and place
    :return: ``{"user", "tab", "places"}``, in the order of ``rows``
    :rtype: list[dict]
    """
    by_model = defaultdict(lambda: defaultdict(list))
    found = {}
    for uid, tab, place in rows:
        by_model[place["model"]][uid, tab].append(place)
        found[uid, tab] = []
    for model_name, lists in by_model.items():
        for key, places in visible(env[model_name], lists).items():
            found[key] += places
    users = env["res.users"].sudo().browse({uid for uid, _tab in found})
    names = {user.id: user.name for user in users}
    return [
        {"user": {"id": uid, "name": names[uid]}, "tab": tab, "places": places}
        for (uid, tab), places in found.items()
        if places
    ]
