"""The Merkle tree of RFC 9162 §2.1: leaves, nodes, root, and both kinds of proof. Pure."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

HASH = 32  # bytes of SHA-256
EMPTY = sha256(b"").digest()  # RFC 9162 §2.1.1: the root of a tree without leaves

Node = tuple[int, int, bytes]  # level, index, hash
Subtree = Callable[[int, int], bytes]  # (level, index) -> hash of that complete subtree


def leaf_hash(entry: bytes) -> bytes:
    """RFC 9162 §2.1.1: SHA-256(0x00 ‖ entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 §2.1.1: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def append(size: int, peaks: Sequence[bytes], leaf: bytes) -> tuple[tuple[bytes, ...], list[Node]]:
    """Add one leaf to a tree of `size` leaves whose complete subtrees, largest first, are `peaks`.

    Returns the new peaks and every complete subtree that came into being, the leaf first.
    """
    level, index, fresh, kept = 0, size, leaf, list(peaks)
    nodes: list[Node] = [(level, index, fresh)]
    while index % 2:
        fresh = node_hash(kept.pop(), fresh)
        level, index = level + 1, index // 2
        nodes.append((level, index, fresh))
    return (*kept, fresh), nodes


def root_of(peaks: Sequence[bytes]) -> bytes:
    """The root over the complete subtrees, largest first."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """RFC 9162 §2.1.3.1: the hashes that lead from leaf `index` to the root of `size` leaves."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    return list(_inclusion(index, 0, size, subtree))


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """RFC 9162 §2.1.4.1: the hashes that show the first `old` of `new` leaves unchanged."""
    if not 0 < old <= new:
        raise ValueError("no such trees")
    return [] if old == new else list(_consistency(old, 0, new, subtree, whole=True))


def inclusion_holds(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 §2.1.3.2, refusing every hash that is not 32 bytes long."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *path):
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(step, found)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency_holds(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """RFC 9162 §2.1.4.2; an empty old tree is consistent with any, by an empty proof only."""
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *path):
        return False
    if old == 0:
        return not path and old_root == EMPTY
    if old == new:
        return not path and old_root == new_root
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    return bool(steps) and _walk(old - 1, new - 1, steps) == (old_root, new_root)


def _walk(place: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    while place % 2:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place % 2 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return (first, second) if last == 0 else None


def _are_hashes(*candidates: bytes) -> bool:
    return all(len(candidate) == HASH for candidate in candidates)


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (RFC 9162 §2.1.1: k)."""
    return 1 << (size - 1).bit_length() - 1


def _range_hash(start: int, size: int, subtree: Subtree) -> bytes:
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return subtree(level, start >> level)
    k = _split(size)
    return node_hash(_range_hash(start, k, subtree), _range_hash(start + k, size - k, subtree))


def _inclusion(index: int, start: int, size: int, subtree: Subtree) -> Iterator[bytes]:
    if size == 1:
        return
    k = _split(size)
    if index < k:
        yield from _inclusion(index, start, k, subtree)
        yield _range_hash(start + k, size - k, subtree)
    else:
        yield from _inclusion(index - k, start + k, size - k, subtree)
        yield _range_hash(start, k, subtree)


def _consistency(
    old: int, start: int, size: int, subtree: Subtree, *, whole: bool
) -> Iterator[bytes]:
    if old == size:
        if not whole:
            yield _range_hash(start, size, subtree)
        return
    k = _split(size)
    if old <= k:
        yield from _consistency(old, start, k, subtree, whole=whole)
        yield _range_hash(start + k, size - k, subtree)
    else:
        yield from _consistency(old - k, start + k, size - k, subtree, whole=False)
        yield _range_hash(start, k, subtree)
