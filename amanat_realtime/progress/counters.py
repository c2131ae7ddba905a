"""What became of the items of a piece of work."""


class Counters:
    """Counts under free names, in the order in which they came up."""

    def __init__(self):
        self._counts = {}

    def add(self, key, amount, skipped=False):
        """Count items.

        :param str key: what was done with them, or why they were skipped
        :param int amount:
        :param bool skipped: nothing was done with them
        """
        self._counts[skipped, key] = self._counts.get((skipped, key), 0) + amount

    @property
    def skipped(self):
        """How many items were skipped.

        :rtype: int
        """
        return sum(n for (skipped, _key), n in self._counts.items() if skipped)

    def listed(self, labels):
        """Return the counts that are not zero, in JSON form.

        :param Callable[[str, bool], str] labels: gives the words for a key
        :rtype: list[dict]
        """
        return [
            {
                "key": key,
                "label": labels(key, skipped),
                "count": count,
                "skipped": skipped,
            }
            for (skipped, key), count in self._counts.items()
            if count
        ]
