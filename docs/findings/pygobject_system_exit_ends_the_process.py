"""PyGObject: a SystemExit in main ends the process inside run(); no except and no finally around it is reached."""

import asyncio
import os
import subprocess
import sys

from gi.events import GLibEventLoop
from gi.repository import GLib


async def main():
    sys.exit(7)


def child():
    try:
        asyncio.run(main(), loop_factory=lambda: GLibEventLoop(GLib.MainContext.new()))
    except SystemExit:
        print("caught", flush=True)
        os._exit(0)


if "child" in sys.argv:
    child()
else:
    ended = subprocess.run([sys.executable, __file__, "child"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = ended.stdout.decode().strip()
    print("expected: asyncio.run() raises SystemExit, which its caller can catch: caught")
    print("seen:     %s" % (said or "the process ended with status %d" % ended.returncode))
    sys.exit(said != "caught")
