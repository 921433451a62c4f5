"""A loop of PySide6's for an application that has no windows."""

import sys

from PySide6.QtAsyncio.events import QAsyncioEventLoop
from PySide6.QtCore import QCoreApplication


def new_event_loop():
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    return QAsyncioEventLoop(application)
