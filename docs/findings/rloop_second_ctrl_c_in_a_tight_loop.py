"""rloop: a second Ctrl-C stops main, but run() never raises KeyboardInterrupt: the program hangs."""

import asyncio
import os
import signal
import sys
import threading

import rloop


def after(seconds, function, *arguments):
    timer = threading.Timer(seconds, function, arguments)
    timer.daemon = True
    timer.start()


def give_up():
    print("seen:     still running 3 s later")
    sys.stdout.flush()
    os._exit(1)


async def main():
    after(0.3, os.kill, os.getpid(), signal.SIGINT)
    after(0.6, os.kill, os.getpid(), signal.SIGINT)
    after(3.6, give_up)
    while True:
        pass


print("expected: KeyboardInterrupt comes out of asyncio.run() at the second Ctrl-C")
try:
    asyncio.run(main(), loop_factory=rloop.new_event_loop)
except KeyboardInterrupt:
    print("seen:     KeyboardInterrupt")
