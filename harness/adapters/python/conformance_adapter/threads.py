"""Code that runs in threads of the subject: a call whose end is awaited, and jobs for executors."""

import os
import threading
import time

_POLL = 0.002


def run_in_thread(function):
    """Calls `function` in a new thread; returns what it returned or raises what it raised.

    What a signal handler raises in the waiting thread is raised when the other one has ended: until then that one may
    be talking to the harness.
    """
    outcome = []
    ended_reading, ended_writing = os.pipe()

    def body():
        try:
            outcome.append((function(), None))
        except BaseException as error:
            outcome.append((None, error))
        finally:
            os.write(ended_writing, b".")

    thread = threading.Thread(target=body, name="threading.run")
    struck = _start_and_wait(thread, ended_reading)
    os.close(ended_reading)
    os.close(ended_writing)
    if struck is not None:
        raise struck
    result, error = outcome[0]
    if error is not None:
        raise error
    return result


def _start_and_wait(thread, ended):
    """Waits on a pipe, not in join(): a handler that raises breaks join() in some versions, and never a read.

    start() is in here as well: it returns after the thread has begun, which may be talking to the harness by then.
    """
    struck = None
    begun = []
    seen = []
    while not seen or thread.is_alive():
        try:
            if not begun:
                begun.append(True)
                thread.start()
            if not seen:
                seen.extend(map(os.read, (ended,), (1,)))
            thread.join(_POLL)
        except BaseException as error:
            struck = error
    return struck


class Job:
    """A function for an executor: waits until a file exists, then returns or raises."""

    def __init__(self, until, then_return, then_raise):
        self._until = until
        self._return = then_return
        self._raise = then_raise
        self._running = threading.Event()
        self._finished = threading.Event()

    @property
    def state(self):
        """`new`, `running` or `finished`."""
        if self._finished.is_set():
            return "finished"
        return "running" if self._running.is_set() else "new"

    def __call__(self):
        self._running.set()
        while self._until is not None and not os.path.exists(self._until):
            time.sleep(_POLL)
        self._finished.set()
        if self._raise is not None:
            raise self._raise
        return self._return
