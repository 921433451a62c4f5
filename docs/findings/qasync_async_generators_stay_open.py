"""qasync: asynchronous generators are not closed at the end of asyncio.run()."""

import asyncio
import sys

import qasync
from PyQt6.QtCore import QCoreApplication

application = QCoreApplication([])
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


asyncio.run(main(), loop_factory=lambda: qasync.QEventLoop(application))
print("expected: ['finally ran'] after asyncio.run()")
print("seen:     %s" % seen)
sys.stdout.flush()
sys.exit(not seen)
