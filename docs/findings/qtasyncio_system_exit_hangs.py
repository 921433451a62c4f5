"""PySide6.QtAsyncio: a SystemExit that leaves main never leaves run(): the program hangs."""

import asyncio
import os
import sys
import threading

from PySide6.QtAsyncio.events import QAsyncioEventLoop
from PySide6.QtCore import QCoreApplication

application = QCoreApplication([])


def give_up():
    print("seen:     still running after 3 s")
    sys.stdout.flush()
    os._exit(1)


async def main():
    sys.exit(7)


print("expected: SystemExit(7) comes out of asyncio.run()")
timer = threading.Timer(3, give_up)
timer.daemon = True
timer.start()
try:
    asyncio.run(main(), loop_factory=lambda: QAsyncioEventLoop(application))
except SystemExit as error:
    print("seen:     SystemExit(%s)" % error.code)
