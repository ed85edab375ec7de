"""The journal: append-only streams that serve as log, audit trail, revision, idempotency and notice."""
