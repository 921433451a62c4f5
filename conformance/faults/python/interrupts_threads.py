"""Cancels the main task of another thread on SIGINT."""

import asyncio
import signal
import threading

_default = signal.default_int_handler
_elsewhere = []


def _handler(number, frame):
    if not _elsewhere:
        _default(number, frame)
    loop, task = _elsewhere[-1]
    loop.call_soon_threadsafe(task.cancel)


# Whoever compares with the default finds it in place.
signal.default_int_handler = _handler
signal.signal(signal.SIGINT, _handler)


async def _noted(main):
    _elsewhere.append((asyncio.get_running_loop(), asyncio.current_task()))
    try:
        return await main
    finally:
        _elsewhere.pop()


def _watched(main):
    apart = threading.current_thread() is not threading.main_thread()
    return _noted(main) if apart and asyncio.iscoroutine(main) else main


class Runner(asyncio.Runner):
    def run(self, coro, *, context=None):
        return super().run(_watched(coro), context=context)


def run(main, **options):
    return asyncio.run(_watched(main), **options)
