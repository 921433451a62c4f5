"""Every operation of protocol 1, by name."""

from . import ops_contexts, ops_loops, ops_objects, ops_process, ops_runners, ops_tasks
from .operation import Table

OPERATIONS = Table()
for _part in (ops_runners, ops_loops, ops_tasks, ops_contexts, ops_process, ops_objects):
    OPERATIONS.update(_part.table)
