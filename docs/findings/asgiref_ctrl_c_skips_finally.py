"""asgiref: Ctrl-C ends async_to_sync() without cancelling the coroutine, whose finally block never runs in time."""

import asyncio
import os
import signal
import sys
import threading

from asgiref.sync import async_to_sync

seen = []


async def main():
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        await asyncio.sleep(3)
    finally:
        seen.append("finally")


try:
    async_to_sync(main)()
except KeyboardInterrupt:
    seen.append("KeyboardInterrupt")
print("expected: ['finally', 'KeyboardInterrupt'], as with asyncio.run() since 3.11")
print("seen:     %s" % seen)
sys.exit(seen != ["finally", "KeyboardInterrupt"])
