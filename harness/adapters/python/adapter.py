"""Drives a Python implementation of the asyncio Runners chapter for the conformance harness.

    PYTHON [flags] adapter.py [--runner MODULE:NAME] [--run MODULE:NAME] [...]

Speaks protocol 1 on the standard input and output it is started with. This file keeps to syntax that every Python
can parse, so that an interpreter that is too old can say so.
"""

import os
import sys

if sys.version_info < (3, 7):
    sys.stderr.write(
        "this adapter needs Python 3.7 or newer, the first with asyncio.run; %s is Python %d.%d.%d\n"
        % ((sys.executable,) + tuple(sys.version_info[:3]))
    )
    sys.exit(3)

# Found even under -I and -P, and gone again before anything of the subject is imported.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from conformance_adapter.main import main  # noqa: E402

del sys.path[0]

if __name__ == "__main__":
    # A process group of its own, so that it can be ended with all its children. Made here and not by whoever starts
    # it: a session of its own, the other way to get one, is scheduled apart from the harness and twice as slow.
    if hasattr(os, "setpgid") and os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    main(os.path.abspath(__file__), sys.argv[1:])
