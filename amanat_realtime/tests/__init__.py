from . import (
    test_conflict_compare,
    test_conflict_lines,
    test_conflict_race,
    test_conflict_save,
    test_delivery,
    test_drafts,
    test_hoot,
    test_leaks,
    test_origin,
    test_preferences,
    test_recorder,
    test_test_model,
)
