"""The records of Test Robot. Its rights keep it from all others."""

from odoo.exceptions import UserError, ValidationError

from .robot import robot_env
from .values import new_name, other_value

MODEL = "amanat.test.realtime"
MAX_IDS = 1000


def records_of_robot(env):
    """Return the model of test records as Test Robot sees it.

    :param Environment env: of a manager
    :raise AccessError: if it is not
    """
    return robot_env(env)[MODEL].with_context(active_test=False)


def newest(env, count):
    """Return the newest records.

    :raise UserError: if there are none
    """
    records = records_of_robot(env).search([], order="id desc", limit=count)
    if not records:
        raise UserError(env._("Test Robot has no records: let it create one first."))
    return records


def chosen(env, ids):
    """Return the records with these ids, as far as they are left.

    :param list[int] ids: as they came
    :raise ValidationError: if they are no ids
    :raise AccessError: if Test Robot has not created all of them
    """
    is_list = isinstance(ids, list) and len(ids) <= MAX_IDS
    if not is_list or not all(type(id_) is int and id_ > 0 for id_ in ids):
        raise ValidationError(env._("Ids of test records are needed."))
    records = records_of_robot(env).browse(ids).exists()
    records.check_access("write")
    return records


def create(env, count):
    """Create records that managers of all companies can see.

    :param int count: as it came
    :raise ValidationError: if it is no number, or too large
    """
    if type(count) is not int or not 0 < count <= MAX_IDS:
        raise ValidationError(
            env._("A number of records from 1 to %s is needed.", MAX_IDS)
        )
    model = records_of_robot(env)
    shared = {"company_id": False, "currency_id": env.company.currency_id.id}
    records = model.create(
        [
            {**shared, "name": new_name(model.env), "quantity": number}
            for number in range(1, count + 1)
        ]
    )
    sign(records)
    return records


def change(record, name):
    """Give a field another value.

    :return: what was changed: ``{"id", "field"}``
    :rtype: dict
    """
    record[name] = other_value(record, name)
    sign(record)
    return {"id": record.id, "field": name}


def sign(records):
    """Have what was done told as Test Robot's: the author is who writes to the database
    last. Left to Odoo, that is the user of the request.
    """
    records.env.flush_all()
