"""``python -m klokuur`` is the command ``klokuur``."""

import sys

from klokuur._command import main

if __name__ == "__main__":
    sys.exit(main())
