"""zloop: Ctrl-C does not reach a coroutine that waits on an idle loop."""

import asyncio
import os
import signal
import sys
import threading

import zloop


def after(seconds, function, *arguments):
    timer = threading.Timer(seconds, function, arguments)
    timer.daemon = True
    timer.start()


def give_up():
    print("seen:     still waiting 5 s later")
    sys.stdout.flush()
    os._exit(1)


async def main():
    after(0.3, os.kill, os.getpid(), signal.SIGINT)
    after(5.3, give_up)
    await asyncio.get_running_loop().create_future()


print("expected: KeyboardInterrupt comes out of asyncio.run() at once")
try:
    asyncio.run(main(), loop_factory=zloop.new_event_loop)
except KeyboardInterrupt:
    print("seen:     KeyboardInterrupt")
