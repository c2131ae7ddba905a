"""The text format that Prometheus scrapes, version 0.0.4."""

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def family(name, kind, text, samples):
    """Return the lines of one metric.

    :param str name:
    :param str kind: ``counter``, ``gauge`` or ``histogram``
    :param str text: what it is
    :param Iterable[tuple[str, dict, float]] samples: suffix of the name, labels, value
    :rtype: list[str]
    """
    lines = [f"# HELP {name} {_escaped(text)}", f"# TYPE {name} {kind}"]
    for suffix, labels, value in samples:
        pairs = ",".join(f'{key}="{_quoted(str(v))}"' for key, v in labels.items())
        braces = f"{{{pairs}}}" if pairs else ""
        lines.append(f"{name}{suffix}{braces} {_number(value)}")
    return lines


def histogram(bounds, counts, total):
    """Return the samples of a histogram.

    :param Iterable[float] bounds: upper ends of the buckets, but for the last one
    :param dict[int, int] counts: how many values are in a bucket
    :param float total: sum of all values
    :rtype: list[tuple[str, dict, float]]
    """
    samples, below = [], 0
    for bucket, bound in enumerate(bounds):
        below += counts.get(bucket, 0)
        samples.append(("_bucket", {"le": _number(bound)}, below))
    whole = sum(counts.values())
    samples.append(("_bucket", {"le": "+Inf"}, whole))
    return [*samples, ("_sum", {}, total), ("_count", {}, whole)]


def text_of(families):
    """
    :param Iterable[list[str]] families:
    :rtype: str
    """
    return "\n".join(line for lines in families for line in lines) + "\n"


def _number(value):
    return format(value, "d" if isinstance(value, int) else ".12g")


def _escaped(text):
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _quoted(text):
    return _escaped(text).replace('"', r"\"")
