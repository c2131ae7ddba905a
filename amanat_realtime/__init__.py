from . import controllers
from . import fanout
from . import models
from .uninstall import uninstall_hook
