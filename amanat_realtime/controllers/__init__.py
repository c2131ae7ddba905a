from . import monitoring
from . import presence
