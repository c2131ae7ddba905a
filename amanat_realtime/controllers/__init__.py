from . import monitoring
from . import presence
from . import settings
