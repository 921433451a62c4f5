"""zloop: asynchronous generators are not closed at the end of asyncio.run()."""

import asyncio
import sys

import zloop

seen = []


async def generator():
    try:
        yield 1
        yield 2
    finally:
        seen.append("finally ran")


kept = generator()


async def main():
    await kept.__anext__()


asyncio.run(main(), loop_factory=zloop.new_event_loop)
print("expected: ['finally ran'] after asyncio.run()")
print("seen:     %s" % seen)
sys.stdout.flush()
sys.exit(not seen)
