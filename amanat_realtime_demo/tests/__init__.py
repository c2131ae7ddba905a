from . import test_transfer
