from odoo import models
from odoo.orm.model_classes import add_to_registry


def copy_model(case, original, **own_fields):
    """Have a model ``rt.copy`` that is made from another one, until the end of a test.

    :param TransactionCase case:
    :param str original: name of the other model
    :param own_fields: relations to many of both models would share their tables
    """
    attributes = {
        "_name": "rt.copy",
        "_inherit": [original],
        "_description": "Copy",
        "_module": None,
        "_register": False,
        **own_fields,
    }
    made = type(models.Model)("Copy", (models.Model,), attributes)
    add_to_registry(case.registry, made)
    case.addCleanup(case.registry._setup_models__, case.env.cr)
    case.addCleanup(case.registry.__delitem__, "rt.copy")
