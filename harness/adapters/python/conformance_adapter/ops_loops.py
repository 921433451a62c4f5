"""Loops, and which one is current."""

import asyncio
import signal

from . import current_loop
from .errors import AdapterError
from .operation import Table, one, public
from .recording import recording_loop, recording_of

table = Table()

table.function("asyncio.new_event_loop", asyncio)
table.function("asyncio.get_running_loop", asyncio)
table.function("asyncio.get_event_loop", asyncio, "current-loop")
table.function("asyncio.set_event_loop", asyncio, "current-loop")

for _name in (
    "is_running is_closed close stop get_debug set_debug run_until_complete create_task create_future "
    "call_soon call_soon_threadsafe call_later set_task_factory"
).split():
    table.method("loop." + _name)
table.method("loop.set_exception_handler", "exception-handler")
table.method("loop.run_in_executor", "executor")
table.method("loop.set_default_executor", "executor")


@table.op("asyncio.EventLoop")
def event_loop_class(session, on, args, kwargs):
    """The class itself."""
    return public(asyncio, "EventLoop")


@table.op("policy.get_event_loop", "current-loop")
def policy_get_event_loop(session, on, args, kwargs):
    """The current loop of this thread; never a new one."""
    return current_loop.get()


@table.op("policy.consulted", "current-loop")
def policy_consulted(session, on, args, kwargs):
    """Calls of the policy's methods so far, whoever made them."""
    return current_loop.consulted()


@table.op("loop.add_signal_handler", "signals")
def add_signal_handler(session, on, args, kwargs):
    """Signals travel by name."""
    return public(on, "add_signal_handler")(signal_number(args), *args[1:])


@table.op("loop.remove_signal_handler", "signals")
def remove_signal_handler(session, on, args, kwargs):
    """Signals travel by name."""
    return public(on, "remove_signal_handler")(signal_number(args))


def signal_number(args):
    """The signal named by the first argument. Raises AdapterError."""
    try:
        return getattr(signal.Signals, args[0])
    except (IndexError, TypeError, AttributeError):
        raise AdapterError("expected the name of a signal first, got %r" % (args,)) from None


@table.op("recording.new", "recording-loop")
def new_recording(session, on, args, kwargs):
    """A loop that notes which public methods were called."""
    return recording_loop(kwargs.get("fail") or {}, kwargs.get("limit"))


@table.op("recording.calls", "recording-loop")
def recording_calls(session, on, args, kwargs):
    """What it was asked so far."""
    recording = recording_of(on if on is not None else one(args))
    if recording is None:
        raise AdapterError("expected a recording loop as receiver")
    return recording.calls
