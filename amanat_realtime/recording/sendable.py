"""What a program wants to tell, checked when it says it: later it would be lost."""

import json

# it is read by every tab of every reader
MAX_BYTES = 64 * 1024


def sendable(content):
    """Return a copy that the program cannot change any more.

    :param dict content: JSON values
    :rtype: dict
    :raise ValueError: if these are no JSON values, or too many
    """
    try:
        text = json.dumps(content, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ValueError(f"A notification holds JSON values only: {error}") from error
    if len(text) > MAX_BYTES:
        raise ValueError(
            f"A notification may be {MAX_BYTES} bytes long; this has {len(text)}"
        )
    return json.loads(text)
