"""Context variables and contexts."""

import contextvars

from .operation import Table, public

table = Table()

for _name in "ContextVar copy_context Context".split():
    table.function("contextvars." + _name, contextvars, "contextvars")
for _name in "var.get context.get context.run".split():
    table.method(_name, "contextvars")


@table.op("var.set", "contextvars")
def set_var(session, on, args, kwargs):
    """Gives nothing: a token would keep the context alive."""
    public(on, "set")(*args, **kwargs)
