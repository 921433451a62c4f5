"""What the subject has. Found out by trying, in a process that is thrown away: trying leaves traces."""

import asyncio
import gc
import json
import os
import platform
import signal
import sys
import threading
import weakref

from . import current_loop
from .options import CAN_FORK
from .recording import recording_loop

_PATIENCE = 10  # Seconds a probe may take before the kernel ends it.


def hello(subject, isolation):
    """The first frame."""
    return {
        "type": "hello",
        "protocol": 1,
        "subject": {
            "name": subject.name,
            "version": subject.version,
            "language": subject.language,
            "platform": sys.platform,
            "details": subject.details,
        },
        "editions": subject.editions,
        "features": subject.features,
        "isolation": isolation,
    }


def probe(subject, options):
    """The names of the features that work."""
    if options.inherit is not None:
        return options.features.split(",")
    return [name for name in _found(subject, options) if name not in options.without]


def _found(subject, options):
    if not CAN_FORK:
        return _probe_here(subject, options)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.alarm(_PATIENCE)
            os.write(writing, json.dumps(_probe(subject, options)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(answer.decode()) if answer else _entry_points(subject)


def _probe_here(subject, options):
    """Probes in the process that will serve: a loop that counts as running from its birth on must not stay."""
    running = asyncio._get_running_loop()
    try:
        return _probe(subject, options)
    finally:
        asyncio._set_running_loop(running)
        if running is not None:
            asyncio.set_event_loop(running)


def _probe(subject, options):
    return _entry_points(subject) + [name for name, works in _PROBES.items() if _succeeds(works, options)]


def _entry_points(subject):
    return [name for name, found in (("run", subject.run), ("runner", subject.runner)) if found is not None]


def _succeeds(works, options):
    try:
        return bool(works(options))
    except Exception:
        return False


def _threads(options):
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    return True


def _signals(options):
    return (
        os.name == "posix"
        and sys.platform not in ("emscripten", "wasi")
        and threading.current_thread() is threading.main_thread()
        and callable(signal.default_int_handler)
    )


def _with_loop(question):
    def works(options):
        loop = asyncio.new_event_loop()
        try:
            return question(loop)
        finally:
            loop.close()

    return works


def _executor(loop):
    """Whether jobs run beside the loop; Pyodide's loop runs them at once and has no other thread."""
    thread = loop.run_until_complete(loop.run_in_executor(None, threading.get_ident))
    if hasattr(loop, "shutdown_default_executor"):
        loop.run_until_complete(loop.shutdown_default_executor())
    return thread != threading.get_ident()


def _recording_loop(options):
    loop = recording_loop({}, None)
    loop.close()
    return loop.is_closed()


def _global_debug(options):
    """Whether the environment is heard: interpreter flags may forbid it or have switched debug mode on for good."""
    saved = os.environ.pop("PYTHONASYNCIODEBUG", None)
    try:
        unset = _with_loop(lambda loop: loop.get_debug())(options)
        os.environ["PYTHONASYNCIODEBUG"] = "1"
        return not unset and _with_loop(lambda loop: loop.get_debug())(options)
    finally:
        os.environ.pop("PYTHONASYNCIODEBUG", None)
        if saved is not None:
            os.environ["PYTHONASYNCIODEBUG"] = saved


def _dev_mode(options):
    return options.isolation == "fork" and platform.python_implementation() == "CPython" and sys.executable


def _garbage_collection(options):
    class Thing:
        pass

    thing = Thing()
    known = weakref.ref(thing)
    del thing
    gc.collect()
    return known() is None


_PROBES = {
    "threads": _threads,
    "foreign-thread-calls": _threads,
    "signals": _signals,
    "default-int-handler": _signals,
    "executor": _with_loop(_executor),
    "contextvars": lambda options: __import__("contextvars").copy_context() is not None,
    "async-generators": _with_loop(lambda loop: hasattr(loop, "shutdown_asyncgens")),
    "current-loop": lambda options: current_loop.watch(),
    "recording-loop": _recording_loop,
    "exception-handler": _with_loop(lambda loop: hasattr(loop, "set_exception_handler")),
    "global-debug": _global_debug,
    "dev-mode": _dev_mode,
    "warnings": lambda options: True,
    "warnings-as-errors": lambda options: True,
    "garbage-collection": _garbage_collection,
    "keyword-arguments": lambda options: True,
}
