"""Words for the progress of a work, in the language of who runs it."""


class Texts:
    """Made before the work begins: at its end, the transaction may be broken.

    :ivar str failed: it ended with an error that is nobody's business
    :ivar str undone: it ended well, but was not stored
    :ivar str cancelled:
    """

    def __init__(self, env, name, labels):
        """
        :param Environment env: of the work
        :param str name: of the work
        :param dict labels: ``{key: words}`` of the program
        """
        self.failed = env._("Something went wrong. The log of the server tells more.")
        self.undone = env._("Nothing was saved.")
        self.cancelled = env._("“%s” was cancelled.", name)
        self._skipped = env._("Skipped (%s)", "\0")
        self._labels = {
            "created": env._("Created"),
            "updated": env._("Updated"),
            "deleted": env._("Deleted"),
            "recalculated": env._("Recalculated"),
            "by_hand": env._("Skipped (edited by hand)"),
            "no_data": env._("Skipped (no data)"),
            **labels,
        }

    def counter(self, key, skipped):
        """Return the words for a counter.

        :param str key:
        :param bool skipped: whether it counts what was skipped
        :rtype: str
        """
        if key in self._labels:
            return self._labels[key]
        words = key.replace("_", " ")
        if skipped:
            return self._skipped.replace("\0", words)
        return words.capitalize()
