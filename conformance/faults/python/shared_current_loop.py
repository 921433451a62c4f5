"""Keeps one current loop for all threads."""

import asyncio
from asyncio import Runner, run  # noqa: F401


class _Shared:
    """What the policy keeps in a threading.local elsewhere."""

    _loop = None
    _set_called = False


asyncio.DefaultEventLoopPolicy._Local = _Shared
asyncio.set_event_loop_policy(None)
