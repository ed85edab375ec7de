"""The invented treaty, loaded, and memory that begins empty."""

from tests.packs.loaded import fresh_memory, toy

__all__ = ["fresh_memory", "toy"]
