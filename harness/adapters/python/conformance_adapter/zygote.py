"""The process that imports everything once and forks a private one for each session.

Strictly one process reads the channel at a time: the zygote hands it over by forking and reads on when the session has
told it, through a pipe, that it ended well. When that pipe closes without a word the session died.
"""

import os
import select
import signal
import sys
import warnings

from . import session
from .entrypoints import interpreter_flags
from .features import hello
from .wire import Wire

_GRACE = 0.2  # For a session to answer `close` when the harness hangs up right after it.
_HANG_UP = getattr(select, "POLLRDHUP", 0)


def serve(subject, options, fds, script, arguments):
    """Forks a session for each `open` until the harness hangs up; never returns."""
    wire = Wire(fds[0], fds[1], lambda: os._exit(0))
    wire.send(hello(subject, "fork"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork")
    remains = []
    while True:
        message = wire.next()
        if message["type"] != "open":
            wire.drop()  # Meant for a session that has died.
            continue
        ended_reading, ended_writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ended_reading)
            _start(message, subject, wire, ended_writing, script, arguments)
        os.close(ended_writing)
        wire.forget()
        _watch(pid, ended_reading, wire)
        os.close(ended_reading)
        remains = [child for child in remains + [pid] if _is_there(child)]


def serve_once(subject, options, fds):
    """Serves one session in this process; never returns."""
    wire = Wire(fds[0], fds[1], lambda: os._exit(0))
    wire.send(hello(subject, "process"))
    message = wire.next()
    while message["type"] != "open":
        wire.drop()
        message = wire.next()
    session.settle(message.get("globalDebug"))
    session.Session(wire, subject, lambda: None).serve()


def run_inherited(subject, options):
    """Serves the session this fresh interpreter was started for; never returns."""
    reading, writing, ended = map(int, options.inherit.split(","))
    for fd in (reading, writing, ended):
        os.set_inheritable(fd, False)
    _run(subject, Wire(reading, writing, lambda: os._exit(0)), ended, None)


def _start(message, subject, wire, ended, script, arguments):
    """In the new process: becomes the session, if need be in a fresh interpreter."""
    try:
        if message.get("globalDebug") == "dev-mode":
            assert wire.is_clear(), "the harness spoke out of turn"
            _start_afresh((wire.reading, wire.writing, ended), script, arguments, subject.features)
        _run(subject, wire, ended, message.get("globalDebug"))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(4)


def _start_afresh(fds, script, arguments, features):
    for fd in fds:
        os.set_inheritable(fd, True)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    inherit = ["--inherit", ",".join(map(str, fds)), "--features", ",".join(features)]
    command = [sys.executable] + interpreter_flags() + ["-X", "dev", script] + arguments + inherit
    os.execv(sys.executable, command)


def _run(subject, wire, ended, global_debug):
    session.settle(global_debug)
    session.Session(wire, subject, lambda: _tell(ended)).serve()


def _tell(ended):
    try:
        os.write(ended, b".")
    except OSError:  # The zygote was killed; the harness will see that for itself.
        pass


def _watch(pid, ended, wire):
    """Waits until the session has ended, by itself or not."""
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(wire.reading, _HANG_UP)
    while True:
        happened = dict(poll.poll())
        if ended in happened:
            if not os.read(ended, 1):
                wire.send_apart(_obituary(os.waitpid(pid, 0)[1]))
            return
        _hung_up(pid, ended)


def _hung_up(pid, ended):
    """The harness has gone: nothing may survive it."""
    if not select.select((ended,), (), (), _GRACE)[0]:
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os._exit(0)


def _obituary(status):
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    return {"type": "died", "code": code, "signal": None if number is None else _signal_name(number)}


def _signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal %d" % number


def _is_there(pid):
    """Whether a child still is to be reaped; reaps it when it can be."""
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False
