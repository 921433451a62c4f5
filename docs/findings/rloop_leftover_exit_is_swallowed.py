"""rloop: a SystemExit raised by a leftover task during shutdown disappears."""

import asyncio
import sys

import rloop


async def leftover():
    try:
        await asyncio.sleep(60)
    finally:
        sys.exit(7)


async def main():
    task = asyncio.ensure_future(leftover())
    await asyncio.sleep(0)
    return task


print("expected: SystemExit(7), as with asyncio's own loops")
try:
    asyncio.run(main(), loop_factory=rloop.new_event_loop)
    print("seen:     asyncio.run() returned normally")
    sys.exit(1)
except SystemExit as error:
    if error.code == 7:
        print("seen:     SystemExit(7)")
        sys.exit(0)
    raise
