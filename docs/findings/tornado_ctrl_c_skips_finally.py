"""tornado: Ctrl-C ends run_sync() without cancelling main, so main's finally block never runs."""

import asyncio
import os
import signal
import sys
import threading

from tornado.ioloop import IOLoop

seen = []


async def main():
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        await asyncio.sleep(3)
    finally:
        seen.append("finally")


loop = IOLoop(make_current=False)
try:
    loop.run_sync(main)
except KeyboardInterrupt:
    seen.append("KeyboardInterrupt")
print("expected: ['finally', 'KeyboardInterrupt'], as with asyncio.run() since 3.11")
print("seen:     %s" % seen)
sys.exit(seen != ["finally", "KeyboardInterrupt"])
