"""The kit: every part of the interface on one page, with sample content."""
