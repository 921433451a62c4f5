"""Plain objects the harness lends the subject."""

import asyncio
import builtins
import gc
import weakref

from .errors import AdapterError, PrivateBaseException
from .operation import Table, one
from .recording import Recorder

table = Table()


class Opaque:
    """An object equal only to itself."""


class Described(Opaque):
    """The same, calling a recorder whenever its textual form is asked for."""

    def __init__(self, described):
        self._described = described

    def __repr__(self):
        self._described()
        return "<described object>"


@table.op("recorder.new")
def new_recorder(session, on, args, kwargs):
    """A callable that notes its calls."""
    return Recorder()


@table.op("recorder.calls")
def recorder_calls(session, on, args, kwargs):
    """The argument lists it was called with; what came by keyword is a last map."""
    if not isinstance(on, Recorder):
        raise AdapterError("expected a recorder as receiver")
    return [list(args) + [kwargs] if kwargs else list(args) for args, kwargs in list(on.calls)]


@table.op("object.new")
def new_object(session, on, args, kwargs):
    """A fresh object."""
    return Described(**kwargs) if kwargs else Opaque()


@table.op("object.forget", "garbage-collection")
def forget_objects(session, on, args, kwargs):
    """They go with whatever else refers to them."""
    for value in args:
        session.values.forget(value)


@table.op("weakref.new", "garbage-collection")
def new_weakref(session, on, args, kwargs):
    """Knows an object without keeping it alive."""
    return weakref.ref(one(args))


@table.op("weakref.alive", "garbage-collection")
def weakref_alive(session, on, args, kwargs):
    """Whether its object is still there."""
    gc.collect()
    return on() is not None


@table.op("object.type")
def type_of(session, on, args, kwargs):
    """The class of an object."""
    return type(on if not args else one(args))


@table.op("exception.new")
def new_exception(session, on, args, kwargs):
    """An exception, not raised."""
    if not args:
        raise AdapterError("expected the name of a class first")
    found = _exception_class(args[0])
    if found is None:
        raise AdapterError("expected the name of an exception class, got %r" % (args[0],))
    return found(*args[1:], **kwargs)


def _exception_class(name):
    if name == PrivateBaseException.__name__:
        return PrivateBaseException
    for module in (builtins, asyncio):
        found = getattr(module, name, None) if isinstance(name, str) else None
        if isinstance(found, type) and issubclass(found, BaseException):
            return found
    return None


@table.op("stream.print")
def print_line(session, on, args, kwargs):
    """Prints on standard output, as user code would; at once, so that it is not lost in a crash."""
    print(*args, flush=True)
