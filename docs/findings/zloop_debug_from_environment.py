"""zloop: a new loop takes no notice of PYTHONASYNCIODEBUG."""

import asyncio
import os
import sys

import zloop

os.environ["PYTHONASYNCIODEBUG"] = "1"


async def main():
    return asyncio.get_running_loop().get_debug()


seen = asyncio.run(main(), loop_factory=zloop.new_event_loop)
print("expected: debug mode is on, as on asyncio's own loops")
print("seen:     debug mode is %s" % ("on" if seen else "off"))
sys.exit(not seen)
