from . import base_model
from . import bus_bus
from . import ir_http
from . import ir_websocket
from . import realtime_lease
from . import test_realtime
from . import test_realtime_line
