"""In which shapes of the server a test runs; without a mark, in all of them."""

import pytest

# name and number of workers
SHAPES = {"threaded": 0, "workers": 2}
THREADED = pytest.param("threaded")
# chosen by `make test` with -m
WITH_WORKERS = pytest.param("workers", marks=pytest.mark.workers)


def _only(shape):
    return pytest.mark.parametrize("odoo", [shape], indirect=True)


# for what does not depend on how the server is run
ONE_SHAPE = _only(THREADED)
# for what there is in production only
WORKERS = _only(WITH_WORKERS)
