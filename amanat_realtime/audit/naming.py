"""What the values of one transaction refer to is called."""

from collections import defaultdict

from .names import read_names


class Names:
    """Names of records and of choices, each read once.

    :ivar Environment env: superuser without a language, with a cache of its own
    """

    def __init__(self, env, gone):
        """
        :param dict gone: ``{model: {id: name}}`` of records that may not be there
        """
        self.env = env
        self._known = defaultdict(dict, {model: dict(d) for model, d in gone.items()})
        self._labels = {}

    def learn(self, model_name, ids):
        """Make sure that the names of records are known, as far as they have one.

        :param str model_name:
        :param Iterable[int] ids:
        """
        known = self._known[model_name]
        ids = {id_ for id_ in ids if id_ and id_ not in known}
        if ids and model_name in self.env:
            found = read_names(self.env[model_name], ids)
            known.update({id_: found.get(id_, "") for id_ in ids})

    def of(self, model_name, id_):
        """Return what a record is called; empty if that is not known.

        :rtype: str
        """
        self.learn(model_name, [id_])
        return self._known[model_name].get(id_) or ""

    def link(self, model_name, id_):
        """Return a reference as it is kept.

        :rtype: dict
        """
        return {"id": id_, "name": self.of(model_name, id_)}

    def labels(self, field):
        """Return the labels of a selection field.

        :rtype: dict[str, str]
        """
        if field not in self._labels:
            self._labels[field] = dict(field._description_selection(self.env))
        return self._labels[field]
