"""Runners: the entry points under test."""

import inspect

from .operation import Table, one

table = Table()

table.method("runner.run", "runner")
table.method("runner.close", "runner")
table.method("runner.get_loop", "runner")


@table.op("asyncio.run", "run")
def run(session, on, args, kwargs):
    """Calls the entry point; one that wants a function gets one that awaits what the harness gave."""
    if session.subject.options.call_style == "function" and args and inspect.isawaitable(args[0]):
        args = [_function_for(args[0])] + args[1:]
    return session.subject.run(*args, **kwargs)


def _function_for(awaitable):
    async def call():
        return await awaitable

    return call


@table.op("asyncio.Runner", "runner")
def make_runner(session, on, args, kwargs):
    """A runner, whatever class it is of."""
    return session.values.call_it(session.subject.runner(*args, **kwargs), "runner")


@table.op("runner.with", "runner")
def with_runner(session, on, args, kwargs):
    """The native with statement around one call."""
    function = one(args)
    with on as entered:
        return function(entered)
