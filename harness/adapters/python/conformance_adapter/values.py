"""Values that cross the wire: scalars, lists and maps by value, everything else as a reference to the same object."""

import math

from . import kinds
from .errors import AdapterError
from .failures import describe

_EXACT_INTEGER = 1 << 53  # Beyond it, JSON numbers are no longer exact for the harness.


class Values:
    """The objects of one session by number; it keeps them alive."""

    def __init__(self, make_puppet):
        self._make_puppet = make_puppet
        self._objects = []
        self._numbers = {}
        self._kinds = {}
        self._puppets = {}
        self._puppet_values = {}

    def encode(self, value):
        """The wire's form of `value`."""
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int and -_EXACT_INTEGER <= value <= _EXACT_INTEGER:
            return value
        if kind is float and math.isfinite(value):
            return value
        if kind is list or kind is tuple:
            return [self.encode(item) for item in value]
        if kind is dict and all(type(key) is str for key in value):
            return {"map": {key: self.encode(item) for key, item in value.items()}}
        if id(value) in self._puppet_values:
            return self._puppet_values[id(value)]
        if isinstance(value, BaseException):
            return self.encode_exception(value)
        return {"ref": self._number(value), "kind": self._kinds.get(id(value)) or kinds.of(value)}

    def encode_call(self, args, kwargs):
        """The arguments of a call: a list, with a last map for what came by keyword."""
        encoded = [self.encode(argument) for argument in args]
        return encoded + [self.encode(kwargs)] if kwargs else encoded

    def encode_exception(self, exception):
        """The wire's form of an exception, with what a reader needs to know about it."""
        return describe(exception, self._number(exception))

    def decode(self, value):
        """The object the wire's form stands for. Raises AdapterError."""
        if type(value) is list:
            return [self.decode(item) for item in value]
        if type(value) is not dict:
            return value
        if "map" in value:
            return {key: self.decode(item) for key, item in value["map"].items()}
        if "puppet" in value:
            return self._puppet(value["puppet"], value["kind"])
        if type(value.get("ref")) is int and 0 <= value["ref"] < len(self._objects):
            return self._objects[value["ref"]]
        raise AdapterError("unknown reference %r" % (value.get("ref", value),))

    def call_it(self, value, kind):
        """Makes `value` travel as `kind` from now on."""
        self._number(value)
        self._kinds[id(value)] = kind
        return value

    def forget(self, value):
        """Lets go of an object: its number is not used again."""
        number = self._numbers.pop(id(value), None)
        if number is None:
            raise AdapterError("expected an object that has a reference, got %r" % (value,))
        self._kinds.pop(id(value), None)
        self._objects[number] = None

    def _number(self, value):
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return number

    def _puppet(self, number, kind):
        known = self._puppets.get(number)
        if known is None:
            known = self._puppets[number] = (self._make_puppet(number, kind), kind)
            self._puppet_values[id(known[0])] = {"puppet": number, "kind": kind}
        elif known[1] != kind:
            raise AdapterError("puppet %d is a %s, not a %s" % (number, known[1], kind))
        return known[0]
