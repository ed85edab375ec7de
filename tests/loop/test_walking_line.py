"""One story, to be read as minutes: a treaty is taken in, and a list follows that names nobody without a reason."""

import json

from servanda.journal.queries import entries, verify
from servanda.people.permissions import PUBLIC
from servanda.programme.queries import tier
from servanda.register.queries import facts_about, question
from servanda.site.command import main
from tests.packs.shelf import APMBC, day

OPENING = day("2024-06-18")


def test_from_the_pack_to_the_nine_states_invited_in_june_2024(db, fresh_memory, capsys):
    # The secretariat takes the Convention in. The journal notes it as its first entry.
    assert main(["load", str(APMBC)]) == 0
    [taken_in] = entries("apmbc")
    assert (taken_in.number, taken_in.kind, taken_in.by) == (1, "pack-loaded", "command-line")

    # 18 June 2024, Geneva. Who is invited to present a request for extension, or may need to?
    invited = tier("apmbc", "extension-requests", "IM2024", seat=PUBLIC)
    assert invited.known == OPENING
    assert invited.states == ("AFG", "CYP", "ERI", "GNB", "NER", "OMN", "PER", "SRB", "TCD")

    # Each of them asks why, and each is given a rule, and facts with their sources.
    for named in invited.named:
        assert named.because, named.state
        for step in named.because:
            assert step.rule, (named.state, step.sentence)
            assert step.facts, (named.state, step.sentence)
            assert all(fact.source.key and not fact.is_lead for fact in step.facts)

    # Chad asks in particular.
    [chad] = [named for named in invited.named if named.state == "TCD"]
    assert [fact.key for fact in chad.because[-1].facts] == ["TCD.extension-granted.4RC"]
    assert str(chad.because[-1].sentence).startswith("Its deadline, 1 January 2025, falls on or before ")

    # Somebody asks whether a State was left out for want of knowledge. The list says what is not established.
    assert "not_established" in json.loads(
        printed(capsys, "tier", "apmbc", "extension-requests", "--meeting", "IM2024")
    )

    # The Fifth Review Conference decides. In the register of December, Chad has a new date;
    # asked as of June, the register gives the answer of June.
    december = day("2024-12-01")
    assert status("TCD", on=december) == ("extended", day("2030-01-01"))
    assert status("TCD", on=OPENING) == ("extended", day("2025-01-01"))

    # What that Conference decided on Serbia was not found. Nobody is accused of it.
    assert status("SRB", on=day("2025-06-01")) == ("unknown", None)

    # The register afterwards: every fact has its source and the number at which it was taken in; the journal is whole.
    held = facts_about("apmbc", "TCD", december)
    assert held
    assert {(bool(fact.source.key), fact.number) for fact in held} == {(True, 1)}
    assert list(verify()) == []

    # The pack is taken in once more. Nothing is new, and the list is the same to the letter.
    capsys.readouterr()
    assert main(["load", str(APMBC)]) == 0
    assert capsys.readouterr().out == "apmbc 2026.1: nothing new; the journal stands at 1\n"
    assert tier("apmbc", "extension-requests", "IM2024").digest == invited.digest


def status(state, on):
    found = question("apmbc", on, on).status("article-5", state)
    return found.word, found.due


def printed(capsys, *words):
    capsys.readouterr()
    assert main([*words, "--format", "json"]) == 0
    return capsys.readouterr().out
