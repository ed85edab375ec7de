"""Every kind of journal entry that any room writes: importing this makes all of them known to a process.

A room declares its kinds where it uses them; a process that only reads or carries a journal would miss some.
"""

import servanda.convention.queries
import servanda.floor.queries
import servanda.people.accounts
import servanda.people.links
import servanda.programme.keeping
import servanda.register.desk  # noqa: F401
