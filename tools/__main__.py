import sys

from tools.python_version import check

check()

if __name__ == "__main__":
    from tools.cli import main

    sys.exit(main())
