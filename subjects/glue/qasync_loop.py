"""A loop of qasync's for an application that has no windows."""

import sys

import qasync
from PyQt6.QtCore import QCoreApplication


def new_event_loop():
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    return qasync.QEventLoop(application)
