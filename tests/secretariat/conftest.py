"""A secretariat: the invented treaty loaded, and accounts with their seats."""

from tests.desk.conftest import desk
from tests.packs.loaded import fresh_memory, toy

__all__ = ["desk", "fresh_memory", "toy"]
