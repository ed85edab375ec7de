"""Drafts about the invented treaty, each sound unless a test spoils it."""

from servanda.register.desk import Draft

GRANT = {
    "state": "XBA",
    "predicate": "postponement-granted",
    "value": "2008-06-30",
    "meeting": "A3",
    "valid_from": "2007-05-18",
    "known_on": "2007-05-18",
    "known_by": "decision",
    "stance": "decided",
    "source": "LAMP/A3/9",
    "place": "paragraph 40",
}
WITNESSED = {
    "valid_from": "2007-05-18",
    "value": "2010-08-18",
    "meeting": "A3",
    "known_on": "2007-05-18",
    "known_by": "decision",
    "stance": "decided",
    "source": "LAMP/A3/9",
    "place": "paragraph 25",
}


def a_grant(**changes):
    """A decision of the Third Assembly on Borchovia that the pack lacks."""
    return Draft("add", "", GRANT | changes, reason="The report has it.")


def a_verification(**changes):
    """The lead on Halcyon Reach, found in the report of the Assembly."""
    lead = "XHA.postponement-granted.A3"
    return Draft("verify", "", WITNESSED | changes, concerns=lead, reason="Paragraph 25 says so.")


def a_correction(key="XIA.postponement-granted.A3", **changes):
    """A correction of the date that the Third Assembly set for Isthmia."""
    cells = WITNESSED | {"value": "2011-06-05", "place": "corrigendum 1"} | changes
    return Draft("correct", "", cells, concerns=key, reason="A corrigendum appeared.")


def an_act(act, key, **changes):
    """An act on a fact, with a reason."""
    return Draft(act, "", WITNESSED | changes, concerns=key, reason="The page was misread.")
