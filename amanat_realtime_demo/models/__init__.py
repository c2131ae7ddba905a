from . import state_buttons
from . import money
from . import order
from . import task
from . import task_subtask
from . import task_template
from . import transfer
