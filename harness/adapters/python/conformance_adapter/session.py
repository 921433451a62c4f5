"""One session: a process of its own that serves the harness until it is closed."""

import gc
import os
import signal
import sys

from . import caught, current_loop, puppets
from .errors import AdapterError, Unsupported
from .ops import OPERATIONS
from .values import Values

try:
    import faulthandler
except ImportError:
    faulthandler = None


class Session:
    """Serves one test. `ended` is called once, just before `closed` is sent."""

    def __init__(self, wire, subject, ended):
        self.wire = wire
        self.subject = subject
        self.values = Values(lambda number, kind: puppets.make(self, number, kind))
        self.warnings = caught.record()
        self._ended = ended

    def serve(self):
        """Answers until the harness closes the session; never returns."""
        answer = {"type": "opened", "pid": os.getpid()}
        while True:
            message, struck = self.exchange(answer)
            if message["type"] != "call":
                answer = self.refusal(message)
            else:
                answer = self.perform(message) if struck is None else self.raised(struck)

    def exchange(self, frame):
        """Gives the floor away; what comes back is never `close`. See Wire.exchange."""
        message, struck = self.wire.exchange(frame)
        if message["type"] == "close":
            self._end()
        return message, struck

    def perform(self, call):
        """Does one operation and returns the answer."""
        try:
            operation = _operation(call.get("op"), self.subject)
            decode = self.values.decode
            on = decode(call.get("on"))
            args = [decode(argument) for argument in call.get("args", ())]
            kwargs = {name: decode(argument) for name, argument in call.get("kwargs", {}).items()}
            return {"type": "returned", "value": self.values.encode(operation.does(self, on, args, kwargs))}
        except Unsupported as error:
            return {"type": "unsupported", "reason": str(error)}
        except AdapterError as error:
            return self.adapter_error("%s: %s" % (call.get("op"), error))
        except BaseException as error:
            return self.raised(error)

    def raised(self, exception):
        """The answer to an operation that ended with `exception`."""
        return {"type": "raised", "exception": self.values.encode_exception(exception)}

    def refusal(self, message):
        """The answer to what makes no sense here."""
        return self.adapter_error("cannot do %r here" % (message.get("text") or message.get("type"),))

    def adapter_error(self, sentence):
        """The answer to what could not even be tried."""
        return {"type": "adapter-error", "message": sentence}

    def _end(self):
        self._ended()
        self.wire.send({"type": "closed"})
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # The subject may have closed or replaced it.
                pass
        os._exit(0)


def settle(global_debug):
    """Gives this process the state every session starts from."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    dump_on_request()
    # A finalizer that runs at a random moment would make traces random. Reference counting goes on.
    gc.disable()
    os.environ.pop("PYTHONASYNCIODEBUG", None)
    if global_debug == "environment":
        os.environ["PYTHONASYNCIODEBUG"] = "1"
    current_loop.watch()


def dump_on_request():
    """On SIGUSR1, and when this process crashes, says on stderr where every thread is."""
    if faulthandler is not None:
        faulthandler.enable()
        if hasattr(faulthandler, "register"):
            faulthandler.register(signal.SIGUSR1, all_threads=True)


def _operation(name, subject):
    operation = OPERATIONS.get(name)
    if operation is None:
        raise AdapterError("unknown operation")
    if operation.needs is not None and operation.needs not in subject.features:
        raise Unsupported("%s lacks %s, which %s needs" % (subject.name, operation.needs, name))
    return operation
