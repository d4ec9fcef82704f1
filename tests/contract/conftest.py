"""One demonstration for the whole folder; a test that changes something brings its own proposal."""

from collections.abc import Iterator

import pytest

from tests.contract.floor import Floor, Visitor, free_port, serving


@pytest.fixture(scope="session")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    data = tmp_path_factory.mktemp("contract")
    port = free_port()
    words = ("demo", "--host", "127.0.0.1", "--port", str(port), "--data", str(data))
    with serving(data / "demo.log", port, *words) as base:
        floor = Floor(base, data)
        yield floor
        for visitor in floor.people.values():
            visitor.http.close()


@pytest.fixture(scope="session")
def public(floor: Floor) -> Visitor:
    return floor()


@pytest.fixture(scope="session")
def chair(floor: Floor) -> Visitor:
    return floor("chair")


@pytest.fixture(scope="session")
def botswana(floor: Floor) -> Visitor:
    return floor("head.bw")


@pytest.fixture(scope="session")
def angola(floor: Floor) -> Visitor:
    return floor("head.ao")


@pytest.fixture(scope="session")
def industry(floor: Floor) -> Visitor:
    return floor("wdc")
