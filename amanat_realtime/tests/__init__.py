from . import (
    test_delivery,
    test_hoot,
    test_leaks,
    test_origin,
    test_recorder,
    test_test_model,
)
