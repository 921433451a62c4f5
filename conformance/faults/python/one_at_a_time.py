"""Refuses a run while another thread is in one."""

import asyncio
import threading

_busy = threading.Lock()


class Runner(asyncio.Runner):
    def run(self, coro, *, context=None):
        return _alone(super().run, coro, context=context)


def run(main, **options):
    return _alone(asyncio.run, main, **options)


def _alone(run, *args, **kwargs):
    if asyncio._get_running_loop() is not None:
        return run(*args, **kwargs)  # To be refused as ever.
    if not _busy.acquire(blocking=False):
        raise RuntimeError("another thread is in a run")
    try:
        return run(*args, **kwargs)
    finally:
        _busy.release()
