"""The packs, loaded."""

from tests.packs.loaded import apmbc, fresh_memory, toy

__all__ = ["apmbc", "fresh_memory", "toy"]
