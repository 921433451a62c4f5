"""asyncio's own loop without sockets, for a Pyodide that is called and not called back.

Pyodide counts its loop as running from the start to the end. Here nothing runs on it, so asyncio is told that no loop
is running, and gets back the policy and the run() of CPython.
"""

import asyncio
import time
from asyncio import base_events, runners


_sleep = getattr(time.sleep, "__wrapped__", time.sleep)  # Pyodide's own would wait for its loop.


class _TimersOnly:
    """A selector that has nothing to select from: it only waits."""

    def select(self, timeout):
        _sleep(timeout or 0)
        return ()


class _Loop(base_events.BaseEventLoop):
    _selector = _TimersOnly()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        """Nobody can wake it: there is no other thread."""


def new_event_loop():
    return _Loop()


asyncio._set_running_loop(None)
asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())
asyncio.run = runners.run
