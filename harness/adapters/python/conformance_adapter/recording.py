"""Callables and loops that note what they are asked. They may be called at any moment and never use the wire."""

import asyncio
import inspect


class Recorder:
    """Notes the arguments of each call."""

    def __init__(self):
        self.calls = []

    def __call__(self, *args, **kwargs):
        self.calls.append((args, kwargs))


class Recording:
    """What a recording loop was asked, and how it is to misbehave."""

    def __init__(self, fail, limit):
        self.calls = []
        self.fail = fail
        self.limit = limit


RECORDED = ("shutdown_asyncgens", "shutdown_default_executor", "close", "set_debug", "stop")
_recordings = {}  # Class of a recording loop -> its Recording. Each loop has a class of its own.


def recording_loop(fail, limit):
    """A loop such as asyncio.new_event_loop() gives, of a subclass of its class that records."""
    loop = asyncio.new_event_loop()
    parent = type(loop)
    recording = Recording(fail, limit)
    methods = {
        name: _recorded(name, getattr(parent, name), recording) for name in RECORDED if hasattr(parent, name)
    }
    # The class is changed afterwards because a loop factory may give its constructor arguments we do not know.
    loop.__class__ = type("Recording" + parent.__name__, (parent,), methods)
    _recordings[loop.__class__] = recording
    return loop


def recording_of(loop):
    """The Recording of a recording loop, None for any other."""
    return _recordings.get(type(loop))


def _recorded(name, inherited, recording):
    if name == "shutdown_default_executor":
        inherited = _limited(inherited, recording)

    def method(self, *args, **kwargs):
        recording.calls.append({"method": name, "args": args, "kwargs": kwargs})
        failure = recording.fail.get(name)
        if failure is None:
            return inherited(self, *args, **kwargs)
        if name.startswith("shutdown_"):
            return _failing(failure)
        if name == "close":
            inherited(self)
        raise failure

    method.__name__ = name
    return method


async def _failing(failure):
    raise failure


def _limited(inherited, recording):
    """shutdown_default_executor with our limit in place of the one it is given, where it takes one."""

    def shutdown(self, *args, **kwargs):
        if recording.limit is None:
            return inherited(self, *args, **kwargs)
        return inherited(self, recording.limit) if _takes_limit(inherited) else inherited(self)

    return shutdown


def _takes_limit(method):
    try:
        return "timeout" in inspect.signature(method).parameters
    except (TypeError, ValueError):  # Compiled without a signature.
        return True
