"""The API: the same answers as the pages, as JSON, read-only without sign-in."""
