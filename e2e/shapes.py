"""In which shapes of the server a test runs; without a mark, in all of them."""

import pytest

# for what does not depend on how the server is run
ONE_SHAPE = pytest.mark.parametrize("odoo", ["threaded"], indirect=True)
