"""The desk of one delegation at a meeting, entered by its link: its items, its place, its requests and texts."""
