"""qasync: the first Ctrl-C acts only when the loop wakes up for another reason, such as a timer."""

import asyncio
import os
import signal
import sys
import threading
import time

import qasync
from PyQt6.QtCore import QCoreApplication

application = QCoreApplication([])
pressed = reached = 0


def press():
    global pressed
    pressed = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)


async def main():
    global reached
    threading.Timer(0.3, press).start()
    try:
        await asyncio.sleep(5)
    finally:
        reached = time.monotonic()


print("expected: main is cancelled at once")
try:
    asyncio.run(main(), loop_factory=lambda: qasync.QEventLoop(application))
except KeyboardInterrupt:
    pass
print("seen:     main is cancelled %.1f s later, when its sleep was over" % (reached - pressed))
sys.exit(reached - pressed > 1)
