"""The current loop of a thread, as the event loop policy knows it.

Problem: asking the policy may make a loop (main thread, up to 3.13), and no public call only looks.
What we do: note what passes through the policy's own methods. The calls themselves always go on unchanged.
"""

import asyncio
import threading
import warnings

_METHODS = ("get_event_loop", "set_event_loop", "new_event_loop")
_noted = threading.local()
_consulted = []
_watched = None


def install_loop_factory(factory):
    """Makes asyncio.new_event_loop() give the loops of `factory`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parent = asyncio.DefaultEventLoopPolicy

        class Policy(parent):
            """The default policy with other loops."""

            def new_event_loop(self):
                return factory()

        asyncio.set_event_loop_policy(Policy())


def watch():
    """Starts to take note; returns whether the current loop can be told from now on."""
    global _watched
    try:
        policy = _policy()
        for name in _METHODS:
            setattr(policy, name, _noting(name, getattr(policy, name)))
    except Exception:
        return False
    _watched = policy
    return True


def _noting(name, method):
    def noting(*args):
        _consulted.append(name)
        result = method(*args)
        if name == "set_event_loop":
            _noted.loop = args[0]
        return result

    return noting


def consulted():
    """The methods of the watched policy that were called so far, in that order."""
    return list(_consulted)


def get():
    """The current loop of this thread. Raises RuntimeError where there is none; never makes one."""
    policy = _policy()
    if policy is not _watched:  # The subject has installed its own since.
        return policy.get_event_loop()
    loop = getattr(_noted, "loop", None)
    if loop is None:
        raise RuntimeError("no current event loop is set in this thread")
    return loop


def _policy():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return asyncio.get_event_loop_policy()
