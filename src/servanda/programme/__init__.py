"""The programme of a meeting, derived: who is invited to speak under which item, and why."""
