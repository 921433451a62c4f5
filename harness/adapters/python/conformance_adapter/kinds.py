"""What an object is, for readers and for the harness's typed wrappers."""

import asyncio
import collections.abc
import contextvars
import inspect
import threading
import weakref

from .recording import Recorder
from .threads import Job

_KINDS = [
    ("recorder", Recorder),
    ("job", Job),
    ("loop", asyncio.AbstractEventLoop),
    ("context", contextvars.Context),
    ("var", contextvars.ContextVar),
    ("coroutine", collections.abc.Coroutine),
    ("generator", collections.abc.AsyncGenerator),
    ("class", type),
    ("thread", threading.Thread),
    ("weakref", weakref.ref),
]
if hasattr(asyncio, "Runner"):
    _KINDS.append(("runner", asyncio.Runner))


def of(value):
    """The kind of `value`."""
    for kind, classes in _KINDS:
        if isinstance(value, classes):
            return kind
    if isinstance(value, asyncio.Task):  # Asked for now: some set-up modules replace the class.
        return "task"
    if asyncio.isfuture(value):
        return "future"
    if inspect.isawaitable(value):
        return "awaitable"
    return "function" if callable(value) else "object"
