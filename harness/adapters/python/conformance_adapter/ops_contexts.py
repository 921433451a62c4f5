"""Context variables and contexts."""

import contextvars

from .operation import Table

table = Table()

for _name in "ContextVar copy_context Context".split():
    table.function("contextvars." + _name, contextvars, "contextvars")
for _name in "var.get var.set context.get context.run".split():
    table.method(_name, "contextvars")
