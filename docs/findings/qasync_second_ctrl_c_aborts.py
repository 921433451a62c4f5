"""qasync: a second Ctrl-C in a tight loop aborts the process (SIGABRT)."""

import asyncio
import os
import signal
import subprocess
import sys
import threading

import qasync
from PyQt6.QtCore import QCoreApplication


async def main():
    for seconds in (0.3, 0.6):
        threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()
    while True:
        pass


def child():
    application = QCoreApplication([])
    try:
        asyncio.run(main(), loop_factory=lambda: qasync.QEventLoop(application))
    except KeyboardInterrupt:
        print("caught", flush=True)
        os._exit(0)


if "child" in sys.argv:
    child()
else:
    ended = subprocess.run([sys.executable, __file__, "child"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = ended.stdout.decode().strip()
    print("expected: asyncio.run() raises KeyboardInterrupt, which its caller can catch: caught")
    print("seen:     %s" % (said or "the process ended with status %d" % ended.returncode))
    sys.exit(said != "caught")
