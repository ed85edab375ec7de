"""The register: what each State has undertaken and by when, fact by fact, each with its source."""
