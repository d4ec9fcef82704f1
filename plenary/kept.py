"""Work on what users sent, done once.

The same words always give the same page, so what was made of them is kept, in the memory of this
process and within a bound, by a digest of what it was made of. It is not written to the database:
making it takes a time in proportion to the text (`web/budget.py` and `texts/redline.py` have
a budget), so that making it again after a start costs little, while a stored rendering would have
to be believed, or made anew, whenever we print differently.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """What `make` gave for some texts; what was unused for longest is forgotten first."""

    def __init__(self, make: Callable[..., T], size: Callable[[T], int], most: int) -> None:
        """`size` counts the characters of what was made, `most` of all that is kept."""
        self._make, self._size, self._most = make, size, most
        self._made: OrderedDict[bytes, T] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def __call__(self, *texts: str) -> T:
        """From memory, or made now."""
        digest = _digest(texts)
        with self._lock:
            if digest in self._made:
                self._made.move_to_end(digest)
                return self._made[digest]
        made = self._make(*texts)
        self._keep(digest, made)
        return made

    def _keep(self, digest: bytes, made: T) -> None:
        with self._lock:
            if digest in self._made or self._size(made) > self._most:
                return
            self._made[digest] = made
            self._held += self._size(made)
            while self._held > self._most:
                self._held -= self._size(self._made.popitem(last=False)[1])


def _digest(texts: tuple[str, ...]) -> bytes:
    """Lone surrogates, which a refused form may hold, have no UTF-8 of their own."""
    digest = sha256()
    for text in texts:
        written = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(written) + written)
    return digest.digest()
