from . import presence
