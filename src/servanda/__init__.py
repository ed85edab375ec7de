"""Servanda, the open-source secretariat of a treaty."""

__version__ = "0.1.0"
