"""PySide6.QtAsyncio: the end of one loop closes the other loops of the process."""

import asyncio
import sys

from PySide6.QtAsyncio.events import QAsyncioEventLoop
from PySide6.QtCore import QCoreApplication

application = QCoreApplication([])


async def main():
    pass


mine = QAsyncioEventLoop(application)
asyncio.run(main(), loop_factory=lambda: QAsyncioEventLoop(application))
print("expected: run() closes the loop it made and leaves mine open")
print("seen:     mine is %s" % ("closed" if mine.is_closed() else "open"))
sys.exit(mine.is_closed())
