"""nest_asyncio: asyncio.run() neither cancels leftover tasks nor closes its loop, so no finally block runs."""

import asyncio
import sys

import nest_asyncio

nest_asyncio.apply()
seen = []


async def leftover():
    try:
        await asyncio.sleep(60)
    finally:
        seen.append("finally ran")


async def main():
    seen.append(asyncio.ensure_future(leftover()) and "started")
    await asyncio.sleep(0)
    return asyncio.get_running_loop()


closed = asyncio.run(main()).is_closed()
print("expected: ['started', 'finally ran'], loop closed: True")
print("seen:     %s, loop closed: %s" % (seen, closed))
sys.exit(0 if closed else 1)
