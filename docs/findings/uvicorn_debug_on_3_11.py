"""uvicorn on Python 3.11: its asyncio.run turns debug mode off although PYTHONASYNCIODEBUG asks for it."""

import asyncio
import os
import sys

from uvicorn._compat import asyncio_run

os.environ["PYTHONASYNCIODEBUG"] = "1"


async def main():
    return asyncio.get_running_loop().get_debug()


theirs, pythons = asyncio_run(main()), asyncio.run(main())
print("expected: what asyncio.run gives: get_debug() is %s" % pythons)
print("seen:     %s" % theirs)
sys.exit(theirs != pythons)
