"""Signals, threads, jobs and warnings."""

import builtins
import concurrent.futures
import signal
import threading
import warnings

from .errors import AdapterError
from .operation import Table, one, public
from .ops_loops import signal_number
from .threads import Job, run_in_thread
from .recording import Recorder

table = Table()

_DISPOSITIONS = {
    "default_int_handler": signal.default_int_handler,
    "SIG_IGN": signal.SIG_IGN,
    "SIG_DFL": signal.SIG_DFL,
}


@table.op("signal.getsignal", "signals")
def getsignal(session, on, args, kwargs):
    """How a signal is handled now."""
    return _named(session, signal.getsignal(signal_number(args)))


@table.op("signal.signal", "signals")
def set_signal(session, on, args, kwargs):
    """Sets how a signal is handled; gives how it was."""
    number = signal_number(args)
    disposition = one(args[1:])
    if isinstance(disposition, str):
        if disposition not in _DISPOSITIONS:
            raise AdapterError("expected one of %s, got %r" % (", ".join(_DISPOSITIONS), disposition))
        disposition = _DISPOSITIONS[disposition]
    return _named(session, signal.signal(number, disposition))


def _named(session, handler):
    for name, known in _DISPOSITIONS.items():
        if handler is known:
            return name
    if handler is None or isinstance(handler, Recorder):
        return handler
    return session.values.call_it(handler, "handler")


@table.op("threading.run", "threads")
def threading_run(session, on, args, kwargs):
    """Calls a function in a new thread."""
    return run_in_thread(one(args))


@table.op("threading.active_count", "threads")
def active_count(session, on, args, kwargs):
    """How many threads are alive."""
    return threading.active_count()


@table.op("job.new", "executor")
def new_job(session, on, args, kwargs):
    """A function for an executor."""
    return Job(kwargs.get("until"), kwargs.get("then_return"), kwargs.get("then_raise"))


@table.op("job.state", "executor")
def job_state(session, on, args, kwargs):
    """How far a job is."""
    if not isinstance(on, Job):
        raise AdapterError("expected a job as receiver")
    return on.state


@table.op("executor.new", "executor")
def new_executor(session, on, args, kwargs):
    """An executor of the user's own."""
    return session.values.call_it(concurrent.futures.ThreadPoolExecutor(), "executor")


@table.op("executor.submit", "executor")
def submit(session, on, args, kwargs):
    """Hands over a job and forgets its future."""
    public(on, "submit")(one(args))


@table.op("warnings.caught", "warnings")
def warnings_caught(session, on, args, kwargs):
    """Every warning so far."""
    return list(session.warnings)


@table.op("warnings.as_errors", "warnings-as-errors")
def warnings_as_errors(session, on, args, kwargs):
    """Warnings of one class raise."""
    category = getattr(builtins, one(args), None)
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise AdapterError("expected the name of a class of warnings, got %r" % (args[0],))
    warnings.simplefilter("error", category)
