"""anyio's Runner on Python 3.10: runs do not share a context, and a passed context is not written to."""

import contextvars
import sys

from anyio._backends._asyncio import Runner

var = contextvars.ContextVar("var", default="unset")


async def write():
    var.set("set by the first run")


async def read():
    return var.get()


passed = contextvars.copy_context()
with Runner() as runner:
    runner.run(write())
    shared = runner.run(read())
    runner.run(write(), context=passed)
written = passed.get(var, "unset")
print("expected: the second run and the passed context both have: set by the first run")
print("seen:     second run: %s; passed context: %s" % (shared, written))
sys.exit("unset" in (shared, written))
