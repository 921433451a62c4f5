"""The protocol channel: one JSON object per line.

Problem: a signal handler may raise between any two bytecodes of the main thread, also here, and no byte may be lost
or sent twice then. A mask would merge two signals into one, and a thread of ours would be seen by the tests.
What we do: bytes move only inside single C calls (`list.extend(map(os.read, ...))`), which a handler cannot split, and
a message stays in the buffer until the floor is given away again. Everything in between can simply be repeated.
"""

import json
import os
import select

_CHUNK = (1 << 16,)
_to_json = json.JSONEncoder(separators=(",", ":")).encode
_from_json = json.JSONDecoder().decode


class Wire:
    """Two private file descriptors. `gone` is called, and must not return, when the harness has hung up."""

    def __init__(self, reading, writing, gone):
        self.reading = reading
        self.writing = writing
        self.gone = gone
        # Chunks received, and how many of their bytes make up the message being worked on.
        self._state = ([], 0)

    def exchange(self, frame):
        """Gives the floor away with `frame`; returns the next message and what a signal handler raised meanwhile."""
        data = _line(frame)
        written = []
        struck = None
        while True:
            try:
                if not written:
                    self.drop()
                self._push(data, written)
                return self.next(), struck
            except BaseException as exc:  # Only handlers raise here: errors of the channel end the process.
                struck = exc

    def send(self, frame):
        """Writes a frame that leaves the floor where it is."""
        self._push(_line(frame), [])

    def send_apart(self, frame):
        """The same after another process may have left half a line."""
        self._push(b"\n" + _line(frame), [])

    def next(self):
        """Waits for the next message. It counts as being worked on until `drop`, and is given again until then."""
        while True:
            message = self._peek()
            if message is None:
                self._receive()
            elif message.get("type") == "halt":
                self.drop()  # It crossed the end of the spin that it was to end.
            else:
                return message

    def arrived(self):
        """Whether a message has come, without waiting. The one being worked on must have been dropped."""
        if self._peek() is None and select.select((self.reading,), (), (), 0)[0]:
            self._receive()
        return self._peek() is not None

    def drop(self):
        """The message being worked on is done with. Does nothing when there is none."""
        chunks, taken = self._state
        if taken:
            self._state = ([b"".join(chunks)[taken:]], 0)

    def forget(self):
        """Drops everything received: it belongs to another process."""
        self._state = ([], 0)

    def is_clear(self):
        """Whether nothing was received beyond the message being worked on."""
        chunks, taken = self._state
        return sum(map(len, chunks)) == taken

    def _push(self, data, written):
        while True:
            done = sum(written)
            if done >= len(data):
                return
            try:
                written.extend(map(os.write, (self.writing,), (data[done:] if done else data,)))
            except OSError:
                self.gone()

    def _receive(self):
        chunks, _ = self._state
        try:
            chunks.extend(map(os.read, (self.reading,), _CHUNK))
        except OSError:
            self.gone()
        if not chunks[-1]:
            self.gone()

    def _peek(self):
        chunks, _ = self._state
        data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        end = data.find(b"\n")
        if end < 0:
            return None
        self._state = ([data], end + 1)
        return _message(data[:end])


def _line(frame):
    return (_to_json(frame) + "\n").encode("ascii")


def _message(line):
    text = line.decode("utf-8", "replace")
    try:
        message = _from_json(text)
    except ValueError:
        message = None
    return message if isinstance(message, dict) and "type" in message else {"type": "not a message", "text": text}
