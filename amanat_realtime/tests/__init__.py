from . import test_delivery, test_leaks, test_recorder, test_test_model
