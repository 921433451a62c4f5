"""What is driven: the entry points named by the options, and what they call themselves."""

import asyncio
import importlib
import platform
import sys

from .current_loop import install_loop_factory
from .errors import StartFailure
from .options import EDITIONS


class Subject:
    """The implementation under test. An entry point it lacks is None."""

    def __init__(self, options):
        self.options = options
        self.run = None
        self.runner = None
        self.loop_factory = None
        self.editions = options.editions or [_own_edition()]
        self.features = []
        self.details = {}
        self.name = platform.python_implementation()
        self.version = _language_version()
        self.language = "%s %s" % (self.name, self.version)


def load(options):
    """Imports everything the options name. Raises StartFailure."""
    sys.path[:0] = options.path
    if options.setup:
        _import(options.setup, "--setup %s" % options.setup)
    subject = Subject(options)
    nothing_named = options.run is None and options.runner is None
    subject.run = _entry_point(options.run, "--run", asyncio.run if nothing_named else None)
    subject.runner = _entry_point(options.runner, "--runner", getattr(asyncio, "Runner", None) if nothing_named else None)
    if options.loop_factory not in (None, "none"):
        subject.loop_factory = _resolve(options.loop_factory, "--loop-factory")
        install_loop_factory(subject.loop_factory)
    if subject.run is None and subject.runner is None:
        raise StartFailure("nothing to judge: --run and --runner leave no entry point")
    _identify(subject)
    _describe(subject)
    return subject


def _entry_point(named, option, default):
    if named is None:
        return default
    return None if named == "none" else _resolve(named, option)


def _resolve(named, option):
    said = "%s %s" % (option, named)
    module, _, path = named.partition(":")
    found = _import(module, said)
    for name in path.split("."):
        try:
            found = getattr(found, name)
        except AttributeError as error:
            raise StartFailure("%s: module %s has no %s" % (said, module, path)) from error
    if not callable(found):
        raise StartFailure("%s: expected something that can be called, got %r" % (said, found))
    return found


def _import(module, said):
    try:
        return importlib.import_module(module)
    except BaseException as error:
        raise StartFailure(
            "%s: importing %s failed with %s: %s" % (said, module, type(error).__name__, error)
        ) from error


def _identify(subject):
    """Plain asyncio goes by the name of the interpreter or of Pyodide, anything else by that of its module."""
    options = subject.options
    pyodide = sys.modules.get("pyodide")
    if pyodide is not None:
        subject.name, subject.version = "Pyodide", pyodide.__version__
    for named in (options.loop_factory, options.runner, options.run):
        module = (named or "none").partition(":")[0]
        if module not in ("none", "asyncio") and not module.startswith("asyncio."):
            subject.name, subject.version = _distribution(module)
            return


def _distribution(module):
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        version = _metadata_version(name)
        if version:
            return name, version
    top = sys.modules[parts[0]]
    return parts[0], str(getattr(top, "__version__", None) or "unknown")


def _metadata_version(name):
    try:
        from importlib.metadata import version  # Absent from 3.7.

        return version(name)
    except Exception:
        return None


def _describe(subject):
    options = subject.options
    for key, value, named in (("run", subject.run, options.run), ("runner", subject.runner, options.runner)):
        if value is not None:
            subject.details[key] = named or "asyncio:%s" % value.__name__
    if subject.loop_factory is not None:
        subject.details["loop factory"] = options.loop_factory
    if options.setup:
        subject.details["setup"] = options.setup
    if options.call_style != "coroutine":
        subject.details["call style"] = options.call_style
    flags = " ".join(interpreter_flags())
    if flags:
        subject.details["flags"] = flags


def interpreter_flags():
    """What the interpreter was started with before the name of the script."""
    command = getattr(sys, "orig_argv", None) or _command_line()
    if sys.argv and sys.argv[0] in command:
        return command[1 : command.index(sys.argv[0])]
    return []


def _command_line():
    try:
        with open("/proc/self/cmdline", "rb") as line:  # Before 3.10 there is no sys.orig_argv.
            return [part.decode("utf-8", "surrogateescape") for part in line.read().split(b"\0")]
    except OSError:
        return []


def _language_version():
    version = getattr(sys, "pypy_version_info", None)
    return "%d.%d.%d" % tuple(version[:3]) if version else platform.python_version()


def _own_edition():
    own = "%d.%d" % tuple(sys.version_info[:2])
    return own if own in EDITIONS else EDITIONS[-1]
