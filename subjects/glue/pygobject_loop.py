"""PyGObject documents its event loop policy; from 3.14 on a loop factory is the way."""

from gi.events import GLibEventLoop
from gi.repository import GLib


def new_event_loop():
    return GLibEventLoop(GLib.MainContext.new())
