"""Words for what selection fields hold."""


def label_of(record, name):
    """Return what a choice is called in the language of the user.

    :param BaseModel record: one record
    :param str name: of a selection field
    :rtype: str
    """
    return labels_of(record, name)[record[name]]


def labels_of(model, name):
    """Return what the choices of a field are called in the language of the user.

    :param BaseModel model:
    :param str name: of a selection field
    :rtype: dict[str, str]
    """
    return dict(model._fields[name]._description_selection(model.env))
