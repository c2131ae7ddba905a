from . import test_factory
from . import test_finance
from . import test_report
from . import test_sync
from . import test_task
from . import test_transfer
