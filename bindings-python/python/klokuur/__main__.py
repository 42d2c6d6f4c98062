"""``python -m klokuur`` is the command ``klokuur``."""

import sys

from klokuur._command import main

sys.exit(main())
