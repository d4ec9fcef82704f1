"""The browser over the application; see tests/client.py."""

from tests.client import site  # noqa: F401
