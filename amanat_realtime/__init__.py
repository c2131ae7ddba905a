from . import controllers
from . import models
from .uninstall import uninstall_hook
