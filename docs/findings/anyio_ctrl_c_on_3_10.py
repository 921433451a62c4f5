"""anyio on Python 3.10: Ctrl-C makes anyio.run() raise CancelledError instead of KeyboardInterrupt."""

import os
import signal
import sys
import threading

import anyio


async def main():
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    await anyio.sleep(3)


print("expected: KeyboardInterrupt comes out of anyio.run()")
try:
    anyio.run(main)
    seen = "it returned"
except BaseException as error:
    seen = type(error).__name__
print("seen:     %s" % seen)
sys.exit(seen != "KeyboardInterrupt")
