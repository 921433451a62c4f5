"""rloop: shutdown_default_executor(timeout) waits for worker threads without limit, so asyncio.run() can hang."""

import asyncio
import sys
import threading
import time

import rloop

release = threading.Event()
threading.Timer(3, release.set).start()


async def main():
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, release.wait)
    start = time.monotonic()
    await loop.shutdown_default_executor(timeout=0.2)
    return time.monotonic() - start


loop = rloop.new_event_loop()
took = loop.run_until_complete(main())
print("expected: RuntimeWarning and return after 0.2 s, as on asyncio's own loops")
print("seen:     no warning, return after %.1f s, when the job had ended" % took)
sys.exit(took > 1)
