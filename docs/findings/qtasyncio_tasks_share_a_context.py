"""PySide6.QtAsyncio: a task changes the context of whoever made it."""

import asyncio
import contextvars
import sys

from PySide6.QtAsyncio.events import QAsyncioEventLoop
from PySide6.QtCore import QCoreApplication

application = QCoreApplication([])
var = contextvars.ContextVar("var", default="main's")


async def child():
    var.set("the task's")


async def main():
    await asyncio.create_task(child())
    return var.get()


seen = asyncio.run(main(), loop_factory=lambda: QAsyncioEventLoop(application))
print("expected: main sees main's, because a task runs in a copy of the context")
print("seen:     main sees %s" % seen)
sys.exit(seen != "main's")
