"""How operations are registered."""

from collections import namedtuple

from .errors import AdapterError, Unsupported

# does: called with (session, receiver, args, kwargs). needs: the feature it belongs to, None for every subject.
Operation = namedtuple("Operation", "does needs")


class Table(dict):
    """Operations by name."""

    def op(self, name, needs=None):
        """Decorator: registers a function as the operation `name`."""

        def register(function):
            self[name] = Operation(function, needs)
            return function

        return register

    def method(self, name, needs=None):
        """Registers `receiver.method`, called with exactly what the harness gave."""
        attribute = name.partition(".")[2]

        def does(session, on, args, kwargs):
            return public(on, attribute)(*args, **kwargs)

        self[name] = Operation(does, needs)

    def function(self, name, module, needs=None):
        """Registers a public function or class of a module under its own name."""
        attribute = name.partition(".")[2]

        def does(session, on, args, kwargs):
            return public(module, attribute)(*args, **kwargs)

        self[name] = Operation(does, needs)


def public(on, attribute):
    """An attribute of a receiver. Raises Unsupported where this version has none."""
    if on is None:
        raise AdapterError("a receiver is missing")
    found = getattr(on, attribute, None)
    if found is None:
        raise Unsupported("%s has no %s" % (getattr(on, "__name__", None) or type(on).__name__, attribute))
    return found


def one(args):
    """The only argument. Raises AdapterError."""
    if len(args) != 1:
        raise AdapterError("expected one argument, got %d" % len(args))
    return args[0]
