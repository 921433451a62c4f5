/** What has no equivalent of one line; each is written into a program that needs it, in this order. */
export const helpers = {
  untranslatable: {
    imports: [],
    lines: `
def untranslatable(what):
    """Something the puppets did that this script cannot do."""
    raise NotImplementedError(what)
`,
  },
  interrupt_later: {
    imports: ["os", "subprocess"],
    lines: `
interrupters = []


def interrupt_later(seconds=0.2):
    """Ctrl-C from outside, when the loop has had time to fall asleep."""
    command = "sleep %s; kill -INT %d" % (seconds, os.getpid())
    interrupters.append(subprocess.Popen(["/bin/sh", "-c", command], start_new_session=True))
`,
  },
  spin: {
    imports: ["os", "signal", "time"],
    lines: `
def spin(interrupts, seconds=0.1):
    """A tight loop that is hit by Ctrl-C so many times."""
    for _ in range(interrupts):
        os.kill(os.getpid(), signal.SIGINT)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            pass
`,
  },
  within: {
    imports: [],
    lines: `
def within(runner, function):
    """Calls a function inside the with statement."""
    with runner as entered:
        return function(entered)
`,
  },
  function_for: {
    imports: [],
    lines: `
def function_for(awaitable):
    """A function to call instead of an awaitable, which this run() does not take."""

    async def call():
        return await awaitable

    return call
`,
  },
  current_loop: {
    imports: ["threading", "warnings"],
    lines: `
noted = threading.local()


def watch_current_loop():
    """Asking the policy may make a loop, so take note of what it is told instead."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        policy = asyncio.get_event_loop_policy()
    set_event_loop = policy.set_event_loop

    def noting(loop):
        set_event_loop(loop)
        noted.loop = loop

    policy.set_event_loop = noting


def current_loop():
    """The current loop of this thread; never a new one."""
    if getattr(noted, "loop", None) is None:
        raise RuntimeError("no current event loop is set in this thread")
    return noted.loop


watch_current_loop()
`,
  },
  Recorder: {
    imports: [],
    lines: `
class Recorder:
    """Notes the arguments of each call."""

    def __init__(self):
        self.calls = []

    def __call__(self, *args, **kwargs):
        self.calls.append(list(args) + [kwargs] if kwargs else list(args))
`,
  },
  recording_loop: {
    imports: ["inspect"],
    lines: `
def recording_loop(fail={}, limit=None):
    """A loop that notes how it is shut down; methods named in fail raise instead."""
    loop = asyncio.new_event_loop()
    parent = type(loop)
    calls = []

    def recorded(name):
        inherited = getattr(parent, name)

        def method(self, *args, **kwargs):
            calls.append({"method": name, "args": list(args), "kwargs": kwargs})
            if name in fail:
                if name.startswith("shutdown_"):
                    return failing(fail[name])
                if name == "close":
                    inherited(self)
                raise fail[name]
            if name == "shutdown_default_executor" and limit is not None:
                takes_limit = "timeout" in inspect.signature(inherited).parameters
                return inherited(self, limit) if takes_limit else inherited(self)
            return inherited(self, *args, **kwargs)

        return method

    names = ("shutdown_asyncgens", "shutdown_default_executor", "close", "set_debug", "stop")
    methods = {name: recorded(name) for name in names if hasattr(parent, name)}
    loop.__class__ = type("Recording" + parent.__name__, (parent,), dict(methods, recorded=calls))
    return loop


async def failing(error):
    raise error


def recorded_calls(loop):
    """What a recording loop was asked."""
    return list(type(loop).recorded)
`,
  },
  CoroutineLike: {
    imports: ["collections.abc"],
    lines: `
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
`,
  },
  Awaitable: {
    imports: [],
    lines: `
class Awaitable:
    """Only __await__, nothing else of a coroutine."""

    def __init__(self, function):
        self._function = function

    def __await__(self):
        return self._function().__await__()
`,
  },
  Opaque: {
    imports: [],
    lines: `
class Opaque:
    """An object equal only to itself."""
`,
  },
  Described: {
    imports: [],
    lines: `
class Described(Opaque):
    """The same, and it calls a function whenever its textual form is asked for."""

    def __init__(self, described):
        self._described = described

    def __repr__(self):
        self._described()
        return "<described object>"
`,
  },
  PrivateBaseException: {
    imports: [],
    lines: `
class PrivateBaseException(BaseException):
    """Nobody else knows this class."""
`,
  },
  named: {
    imports: ["signal"],
    lines: `
def named(handler):
    """A way to handle a signal; the ways of the language by their names."""
    for name in ("default_int_handler", "SIG_IGN", "SIG_DFL"):
        if handler is getattr(signal, name):
            return name
    return handler
`,
  },
  in_thread: {
    imports: ["os", "threading"],
    lines: `
def in_thread(function):
    """Calls a function in a new thread; gives what it returned, raises what it raised.

    Waits on a pipe: an exception out of a signal handler breaks join() in some versions.
    """
    outcome = []
    reading, writing = os.pipe()

    def body():
        try:
            outcome.append((function(), None))
        except BaseException as error:
            outcome.append((None, error))
        os.write(writing, b".")

    threading.Thread(target=body).start()
    struck = None
    ended = []
    while not ended:
        try:
            ended.extend(map(os.read, (reading,), (1,)))
        except BaseException as error:
            struck = error
    result, error = outcome[0]
    if struck or error:
        raise struck or error
    return result
`,
  },
  Job: {
    imports: ["time"],
    lines: `
class Job:
    """A function for an executor that takes some time."""

    def __init__(self, lasting=0, then_return=None, then_raise=None):
        self.state = "new"
        self._outcome = (lasting, then_return, then_raise)

    def __call__(self):
        lasting, result, error = self._outcome
        self.state = "running"
        time.sleep(lasting)
        self.state = "finished"
        if error is not None:
            raise error
        return result
`,
  },
  caught_warnings: {
    imports: ["warnings"],
    lines: `
caught_warnings = []


def show_warning(message, category, filename, lineno, file=None, line=None):
    caught_warnings.append({"category": category.__name__, "message": str(message)})


warnings.resetwarnings()
warnings.simplefilter("always")
warnings.showwarning = show_warning
`,
  },
  saw: {
    imports: ["re"],
    lines: `
events = []
known = []


def saw(what, *values):
    """Takes note of an event."""
    events.append(": ".join([what] + [said(value) for value in values]))


def said(value):
    """A value as a text; the same object always has the same number."""
    if isinstance(value, str):
        return repr(re.sub("<.* at 0x[0-9a-f]+>", "<…>", value))
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, (int, float)):
        return repr(int(value) if value == int(value) else value)
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(map(said, value))
    if isinstance(value, dict):
        return "{%s}" % ", ".join("%r: %s" % (key, said(value[key])) for key in sorted(value))
    if not any(value is other for other in known):
        known.append(value)
    number = [value is other for other in known].index(True) + 1
    name = type(value).__name__ if isinstance(value, BaseException) else "object"
    return "%s #%d" % (name, number)
`,
  },
} as const satisfies Record<
  string,
  { readonly imports: readonly string[]; readonly lines: string }
>;

export type HelperName = keyof typeof helpers;
