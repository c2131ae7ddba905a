"""What the figures say of each live model."""

from ..activation.classes import live_models
from ..activation.switches import is_enabled
from .counters import MESSAGES


def models_of(env, connected, rate):
    """
    :param Environment env: superuser
    :param dict | None connected: see ``report.connections_of``
    :param dict rate: figures per minute
    :return: ``enabled``: is anything live; ``models``: of each, and whether it is live
    :rtype: dict
    """
    live = live_models(env.registry)
    listed = env["amanat.realtime.model"].with_context(active_test=False).search([])
    off = {r.model_id.model for r in listed if not r.active}
    known = live | {r.model_id.model for r in listed if r.model_id.model in env}
    followed = connected["models"] if connected else {}
    rows = []
    for name in known | followed.keys() & env.registry.models.keys():
        views, people = followed.get(name, (0, 0))
        rows.append(
            {
                "model": name,
                "name": env["ir.model"]._get(name).name,
                "live": name in live and name not in off,
                "views": views if connected else None,
                "people": people if connected else None,
                "messages": round(rate.get(MESSAGES, {}).get(name, 0), 1),
            }
        )
    rows.sort(key=lambda row: (-(row["views"] or 0), -row["messages"], row["name"]))
    return {"enabled": is_enabled(env), "models": rows}
