from . import presence
from . import settings
