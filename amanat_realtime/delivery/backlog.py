"""Who lacks many changes of a model reads it again once, rather than each of them being
judged and sent: who has just come to a busy table, or looks for news seldom.
"""

from collections import Counter

from ..wire import CHANGES

# so many changes of one model, or of one of its rooms, are told one by one; a page is
# read in less time than more of them are judged
MOST = 50


def shortened(messages):
    """Replace the changes of those models that have too many of them: the last one says
    that everything must be read again, the others say nothing.

    :param list messages: all that one recipient lacks, oldest first
    :return: as many messages
    :rtype: list
    """
    if len(messages) <= MOST:
        return messages
    keys = [_key_of(message) for message in messages]
    counts = Counter(keys)
    many = {key for key, count in counts.items() if key and count > MOST}
    if not many:
        return messages
    last = {key: number for number, key in enumerate(keys) if key in many}
    return [
        message if key not in many else _brief(message, number == last[key])
        for number, (key, message) in enumerate(zip(keys, messages, strict=True))
    ]


def _key_of(message):
    if not isinstance(message, dict) or message.get("type") != CHANGES:
        return None
    row = message["payload"]
    return row.get("model"), row.get("room")


def _brief(message, is_last):
    row = message["payload"]
    kept = {key: row[key] for key in ("v", "model", "room", "at") if key in row}
    # it stands for what several people did, perhaps in the very tab that is told
    payload = {**kept, "by": None, "refresh": True} if is_last else {}
    return {**message, "payload": payload}
