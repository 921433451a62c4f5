"""Puppets: native coroutines, functions and generators whose every step the harness decides.

Each body asks its activation what to do next and does only what no other frame can do for it: await, yield, return
and raise. The last `raise` stands outside every `except`, so that it adds no context of ours to the exception.
"""

import time

from .errors import AdapterError

_HEARTBEAT = 0.005


def make(session, number, kind):
    """The native object of a puppet. Runs nothing."""
    if kind not in _MAKERS:
        raise AdapterError("unknown kind of puppet: %r" % (kind,))
    return _MAKERS[kind](Puppet(session, number))


class Puppet:
    """What the activations of one puppet share."""

    def __init__(self, session, number):
        self.session = session
        self.number = number
        self.activations = 0

    def start(self):
        """A new activation: one call of a function, the only run of anything else."""
        self.activations += 1
        return Activation(self, self.activations)


class Activation:
    """One run of a puppet's body. Outcomes are kept as (what, object) until they are sent."""

    def __init__(self, puppet, number):
        self._puppet = puppet
        self._session = puppet.session
        self._number = number

    def next(self, what, value, *can):
        """Reports an outcome, serves calls and spins, and returns the next instruction the body has to do itself."""
        session = self._session
        message, struck = session.exchange(self._step(what, value))
        while True:
            verb = message["type"]
            if struck is not None:
                # A signal handler raised while the harness had the floor: it meets the next instruction.
                if verb in ("finish", "raise"):
                    return "raise", struck
                answer = session.raised(struck) if verb == "call" else self._step("raised", struck)
            elif verb == "call":
                answer = session.perform(message)
            elif verb == "spin":
                answer = self._spun()
            elif verb in ("finish", "raise") or verb in can:
                try:
                    return verb, self._argument(message)
                except AdapterError as error:
                    answer = session.adapter_error("%s: %s" % (verb, error))
            else:
                answer = session.refusal(message)
            message, struck = session.exchange(answer)

    def notice(self, event):
        """Tells the harness what is about to happen; the subject keeps the floor."""
        self._session.wire.send({"type": "notice", "puppet": self._puppet.number, "event": event})

    def _argument(self, message):
        value = self._session.values.decode(message.get("exception" if message["type"] == "raise" else "value"))
        if message["type"] == "raise" and not isinstance(value, BaseException):
            raise AdapterError("expected an exception, got %r" % (value,))
        return value

    def _step(self, what, value):
        values = self._session.values
        if what == "started":
            encoded = values.encode_call(*value)
        else:
            encoded = values.encode_exception(value) if what == "raised" else values.encode(value)
        return {
            "type": "step",
            "puppet": self._puppet.number,
            "activation": self._number,
            "outcome": {what: encoded},
        }

    def _spun(self):
        try:
            self._spin()
            outcome = ("returned", None)
        except BaseException as error:
            outcome = ("raised", error)
        return self._step(*outcome)

    def _spin(self):
        """Keeps the thread busy in Python code until the harness says halt; a signal handler may raise out of it."""
        wire = self._session.wire
        wire.drop()
        beat = time.monotonic()
        while not wire.arrived():
            if time.monotonic() >= beat:
                beat = time.monotonic() + _HEARTBEAT
                self.notice("spinning")


async def _body(activation, args, kwargs):
    what, value = "started", (args, kwargs)
    while True:
        verb, value = activation.next(what, value, "await")
        if verb != "await":
            break
        try:
            what, value = "returned", await value
        except BaseException as error:
            what, value = "raised", error
    if verb == "finish":
        return value
    raise value


def _coroutine(puppet):
    async def coroutine():
        return await _body(puppet.start(), (), {})

    return coroutine()


def _coroutine_function(puppet):
    async def coroutine_function(*args, **kwargs):
        return await _body(puppet.start(), args, kwargs)

    return coroutine_function


def _function(puppet):
    def function(*args, **kwargs):
        verb, value = puppet.start().next("started", (args, kwargs))
        if verb == "finish":
            return value
        raise value

    return function


def _async_generator(puppet):
    async def async_generator():
        activation = puppet.start()
        what, value = "started", ((), {})
        while True:
            verb, value = activation.next(what, value, "await", "yield")
            if verb not in ("await", "yield"):
                break
            try:
                if verb == "yield":
                    what, value = "returned", (yield value)
                else:
                    what, value = "returned", await value
            except BaseException as error:
                what, value = "raised", error
        if verb == "raise":
            raise value

    return async_generator()


class _Awaitable:
    """Only __await__, nothing else of a coroutine."""

    def __init__(self, puppet):
        self._puppet = puppet

    def __await__(self):
        return _body(self._puppet.start(), (), {}).__await__()


_MAKERS = {
    "coroutine": _coroutine,
    "coroutine-function": _coroutine_function,
    "function": _function,
    "async-generator": _async_generator,
    "awaitable": _Awaitable,
}
