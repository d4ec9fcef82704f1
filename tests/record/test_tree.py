"""RFC 9162: the published vectors, the definition of the root, and trees of every shape."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.record import tree

HERE = Path(__file__).parent
ALL = HERE.parents[2] / "shared/data/tlog-vectors/testdata"
KINDS = ("consistency", "inclusion")
# Two words of 12 bytes stand for its roots; no tree has such roots, so it is refused on purpose.
DUMMY = "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"

# --- the published vectors -----------------------------------------------------------------------


def published(folder: Path) -> dict[str, Any]:
    found = (file for kind in KINDS for file in sorted((folder / kind).rglob("*.json")))
    return {file.relative_to(folder).as_posix(): json.loads(file.read_text()) for file in found}


def excerpt() -> dict[str, Any]:
    return {
        f"{kind}/{name}": vector
        for kind in KINDS
        for name, vector in json.loads((HERE / f"vectors/{kind}.json").read_text()).items()
    }


def holds(vector: dict[str, Any]) -> bool:
    path = [b64decode(step) for step in vector["proof"] or ()]
    if "leafIdx" in vector:
        leaf, root = b64decode(vector["leafHash"]), b64decode(vector["root"])
        return tree.inclusion_holds(leaf, vector["leafIdx"], vector["treeSize"], path, root)
    roots = b64decode(vector["root1"] or ""), b64decode(vector["root2"] or "")
    return tree.consistency_holds(vector["size1"], vector["size2"], path, *roots)


def astray(vectors: dict[str, Any]) -> list[str]:
    """The vectors that are answered otherwise than published."""
    return [name for name, vector in vectors.items() if holds(vector) is vector["wantErr"]]


def test_the_published_vectors_hold_and_fail_as_published_but_for_one() -> None:
    vectors = excerpt()
    assert sum(not vector["wantErr"] for vector in vectors.values()) == 12
    assert (len(vectors), astray(vectors)) == (68, [DUMMY])


@pytest.mark.skipif(not ALL.exists(), reason="no checkout of the vectors beside this one")
def test_all_196_published_vectors_hold_and_fail_as_published_but_for_one() -> None:
    vectors = published(ALL)
    assert (len(vectors), astray(vectors)) == (196, [DUMMY])
    assert excerpt().items() <= vectors.items()


# --- the definition ------------------------------------------------------------------------------


def grow(entries: Sequence[bytes]) -> Iterator[tuple[tuple[bytes, ...], list[tree.Node]]]:
    """The peaks and the new nodes after each entry, the empty tree first."""
    peaks: tuple[bytes, ...] = ()
    yield peaks, []
    for size, entry in enumerate(entries):
        peaks, nodes = tree.append(size, peaks, tree.leaf_hash(entry))
        yield peaks, nodes


def defined(entries: Sequence[bytes]) -> bytes:
    """RFC 9162 §2.1.1 as it stands there: the Merkle Tree Hash of a list."""
    if len(entries) < 2:
        return tree.leaf_hash(entries[0]) if entries else tree.EMPTY
    k = max(2**power for power in range(20) if 2**power < len(entries))
    return tree.node_hash(defined(entries[:k]), defined(entries[k:]))


def stored(entries: Sequence[bytes]) -> Callable[[int, int], bytes]:
    """The complete subtrees as the table keeps them."""
    nodes = {(level, place): node for _, new in grow(entries) for level, place, node in new}
    return lambda level, place: nodes[level, place]


TREES = st.integers(1, 200).map(lambda size: [f"entry {n}".encode() for n in range(size)])


@given(st.lists(st.binary(max_size=40), max_size=40))
def test_the_root_is_the_one_that_the_standard_defines(entries: list[bytes]) -> None:
    for size, (peaks, _) in enumerate(grow(entries)):
        assert tree.root_of(peaks) == defined(entries[:size])


def test_the_empty_tree_and_the_tree_of_one_empty_entry_are_the_known_hashes() -> None:
    assert tree.EMPTY.hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")
    assert tree.leaf_hash(b"").hex().startswith("6e340b9cffb37a989ca544e6bb780a2c")


def test_every_complete_subtree_is_made_once_in_the_moment_it_is_complete() -> None:
    entries = [bytes([n]) for n in range(130)]
    made = [(level, place) for _, new in grow(entries) for level, place, _ in new]
    expected = {(level, place) for level in range(8) for place in range(130 >> level)}
    assert (len(made), set(made)) == (len(expected), expected)


# --- proofs --------------------------------------------------------------------------------------


@given(TREES, st.data())
def test_every_entry_is_proved_to_be_in_the_tree(entries: list[bytes], data: Any) -> None:
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_path(index, size, stored(entries))
    leaf, root = tree.leaf_hash(entries[index]), defined(entries)
    assert tree.inclusion_holds(leaf, index, size, path, root)
    elsewhere = data.draw(st.integers(-1, size + 1).filter(lambda n: n != index))
    assert not tree.inclusion_holds(leaf, elsewhere, size, path, root)


@given(TREES, st.data())
def test_every_earlier_tree_is_proved_to_be_the_beginning(entries: list[bytes], data: Any) -> None:
    new = len(entries)
    old = data.draw(st.integers(1, new))
    path = tree.consistency_path(old, new, stored(entries))
    roots = defined(entries[:old]), defined(entries)
    assert tree.consistency_holds(old, new, path, *roots)
    assert tree.consistency_holds(0, new, [], tree.EMPTY, roots[1])
    assert not tree.consistency_holds(0, new, [], roots[0], roots[1])


@given(TREES, st.data())
def test_one_flipped_bit_refuses_an_inclusion(entries: list[bytes], data: Any) -> None:
    size = len(entries)
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_path(index, size, stored(entries))
    hashes = flipped([tree.leaf_hash(entries[index]), defined(entries), *path], data)
    assert not tree.inclusion_holds(hashes[0], index, size, hashes[2:], hashes[1])


@given(TREES, st.data())
def test_one_flipped_bit_refuses_a_consistency(entries: list[bytes], data: Any) -> None:
    new = len(entries)
    old = data.draw(st.integers(1, new))
    path = tree.consistency_path(old, new, stored(entries))
    hashes = flipped([defined(entries[:old]), defined(entries), *path], data)
    assert not tree.consistency_holds(old, new, hashes[2:], *hashes[:2])


def flipped(hashes: list[bytes], data: Any) -> list[bytes]:
    """The same with one bit of one of them turned over."""
    which, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    turned = int.from_bytes(hashes[which]) ^ (1 << bit)
    return [*hashes[:which], turned.to_bytes(tree.HASH), *hashes[which + 1 :]]


@given(TREES, st.data())
def test_a_step_too_many_or_too_few_refuses_a_proof(entries: list[bytes], data: Any) -> None:
    size = len(entries)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    leaf, roots = tree.leaf_hash(entries[index]), (defined(entries[:old]), defined(entries))
    inclusion = tree.inclusion_path(index, size, stored(entries))
    consistency = tree.consistency_path(old, size, stored(entries))
    for wrong in ([*inclusion, leaf], [leaf, *inclusion], *([inclusion[1:]] if inclusion else ())):
        assert not tree.inclusion_holds(leaf, index, size, wrong, roots[1])
    for wrong in ([*consistency, leaf], *([consistency[1:]] if consistency else ())):
        assert not tree.consistency_holds(old, size, wrong, *roots)


def test_every_proof_of_every_tree_up_to_thirty_three_holds() -> None:
    entries = [bytes([n]) for n in range(33)]
    roots, subtree = [defined(entries[:n]) for n in range(34)], stored(entries)
    for new in range(1, 34):
        for n in range(new):
            path = tree.inclusion_path(n, new, subtree)
            assert tree.inclusion_holds(tree.leaf_hash(entries[n]), n, new, path, roots[new])
            path = tree.consistency_path(n + 1, new, subtree)
            assert tree.consistency_holds(n + 1, new, path, roots[n + 1], roots[new])


@pytest.mark.parametrize("hash", [b"", b"\x00" * 31, b"\x00" * 33])
def test_what_is_no_hash_proves_nothing(hash: bytes) -> None:
    leaf = tree.leaf_hash(b"")
    assert tree.inclusion_holds(leaf, 0, 1, [], leaf)
    assert not tree.inclusion_holds(hash, 0, 1, [], hash)
    assert not tree.inclusion_holds(leaf, 0, 2, [hash], tree.node_hash(leaf, hash))
    assert not tree.consistency_holds(1, 1, [], hash, hash)
    assert not tree.consistency_holds(1, 2, [hash], leaf, tree.node_hash(leaf, hash))


@pytest.mark.parametrize("first, size", [(-1, 1), (1, 1), (0, 0), (2, 1)])
def test_of_a_tree_that_is_not_there_no_proof_is_made(first: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        tree.inclusion_path(first, size, stored([b""]))
    if (first, size) != (1, 1):  # a tree and itself
        with pytest.raises(ValueError, match="no such trees"):
            tree.consistency_path(first, size, stored([b""]))


def test_the_hash_of_a_leaf_is_never_the_hash_of_a_node() -> None:
    """Else an entry could be made that passes for a subtree."""
    left, right = (tree.leaf_hash(entry) for entry in (b"a", b"b"))
    assert tree.leaf_hash(left + right) != tree.node_hash(left, right)
