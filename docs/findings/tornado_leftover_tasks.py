"""tornado: run_sync() and close() leave other tasks pending; their finally blocks do not run."""

import asyncio
import sys

from tornado.ioloop import IOLoop

seen = []


async def leftover():
    try:
        await asyncio.sleep(3)
    finally:
        seen.append("finally")


async def main():
    task = asyncio.ensure_future(leftover())
    await asyncio.sleep(0)
    return task


loop = IOLoop(make_current=False)
kept = loop.run_sync(main)
loop.close()
print("expected: ['finally'], as with asyncio.run()")
print("seen:     %s" % seen)
sys.stdout.flush()
sys.exit(seen != ["finally"])
