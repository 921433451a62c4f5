"""trio-asyncio: a SystemExit raised by asyncio's code never leaves run(): the program hangs."""

import os
import sys
import threading

import trio_asyncio


def give_up():
    print("seen:     after 3 s it still runs")
    sys.stdout.flush()
    os._exit(1)


async def main():
    raise SystemExit(3)


async def call():
    await trio_asyncio.aio_as_trio(main)()


print("expected: SystemExit(3), alone or in a group")
threading.Timer(3, give_up).start()
try:
    trio_asyncio.run(call)
except BaseException as error:
    print("seen:     %r" % error)
sys.stdout.flush()
os._exit(0)
