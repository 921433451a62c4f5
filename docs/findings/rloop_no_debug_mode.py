"""rloop: debug mode cannot be turned on."""

import asyncio
import sys

import rloop


async def main():
    return asyncio.get_running_loop().get_debug()


debug = asyncio.run(main(), debug=True, loop_factory=rloop.new_event_loop)
print("expected: get_debug() is True inside asyncio.run(main(), debug=True)")
print("seen:     %s" % debug)
sys.exit(not debug)
