"""Tasks, futures, coroutines and asynchronous generators."""

import asyncio
import collections.abc
import inspect

from .operation import Table, one, public

table = Table()

for _name in "current_task all_tasks sleep wait_for gather shield".split():
    table.function("asyncio." + _name, asyncio)
for _name in "cancel cancelling uncancel get_coro get_name".split():
    table.method("task." + _name)
for _name in "done cancelled cancel result exception set_result set_exception add_done_callback".split():
    table.method("future." + _name)
table.method("coroutine.close")


@table.op("asyncio.all_tasks")
def all_tasks(session, on, args, kwargs):
    """As a list: the set has no order anyway."""
    return list(asyncio.all_tasks(*args, **kwargs))


@table.op("coroutine.state")
def coroutine_state(session, on, args, kwargs):
    """How far a coroutine is."""
    return inspect.getcoroutinestate(on)


class CoroutineLike(collections.abc.Coroutine):
    """Not of the native class, but with all its methods."""

    def __init__(self, coroutine):
        self._coroutine = coroutine

    def send(self, value):
        return self._coroutine.send(value)

    def throw(self, *args):
        return self._coroutine.throw(*args)

    def close(self):
        return self._coroutine.close()

    def __await__(self):
        return self._coroutine.__await__()


@table.op("coroutine.like")
def coroutine_like(session, on, args, kwargs):
    """An object that hands every call on to a coroutine."""
    return CoroutineLike(one(args))


@table.op("generator.anext", "async-generators")
def anext_of(session, on, args, kwargs):
    """The awaitable of one step."""
    return session.values.call_it(public(on, "__anext__")(), "awaitable")


@table.op("generator.aclose", "async-generators")
def aclose(session, on, args, kwargs):
    """The awaitable that finalises it."""
    return session.values.call_it(public(on, "aclose")(), "awaitable")
