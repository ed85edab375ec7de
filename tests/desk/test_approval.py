"""From a draft to a fact: a second person, one row, one entry; and everything that is not done."""

import pytest

from servanda.journal.queries import entries, head, verify
from servanda.people.permissions import SECRETARIAT
from servanda.register.drafting import DraftIsFaulty
from servanda.register.inbox import history, inbox
from servanda.register.models import Fact
from servanda.register.proposing import (
    AuthorCannotApprove,
    EndedAlready,
    FactHasMoved,
    OnlyTheAuthorWithdraws,
    ReasonIsMissing,
    approve,
    decline,
    propose,
    withdraw,
)
from servanda.register.queries import facts_about, question, register
from tests.desk.drafts import a_correction, a_grant, a_verification, an_act
from tests.packs.shelf import day

LEAD = "XHA.postponement-granted.A3"


def proposed(draft, by="ada"):
    return propose(convention="toy", draft=draft, by=by).number


def approved(draft):
    return approve(convention="toy", number=proposed(draft), by="ben")


def status(state, on="2009-01-01"):
    found = question("toy", day(on), day(on)).status("article-4", state)
    return found.word, found.due


def rows():
    return Fact.objects.count()


def test_a_fact_enters_when_a_second_person_approves_it(desk):
    before = rows()
    number = proposed(a_grant(state="XHA", value="2010-08-18"))
    assert rows() == before

    ended = approve(convention="toy", number=number, by="ben")

    row = Fact.objects.get(key="XHA.postponement-granted.A3.2")
    assert (rows(), ended.state, ended.ending.by) == (before + 1, "approved", "ben")
    assert (row.entered_by, row.approved_by, row.number) == ("ada", "ben", head("toy"))
    assert [str(finding) for finding in verify()] == []


def test_the_entry_of_an_approval_repeats_nothing_of_the_fact(desk):
    approved(a_grant(note="The moonstone is under the stairs."))

    (entry,) = entries("toy", kind="fact-approved")

    assert sorted(entry.body) == ["act", "key", "proposal", "proposed"]
    assert (entry.body["key"], entry.by) == ("XBA.postponement-granted.A3", "ben")


def test_a_lead_becomes_a_fact_with_a_source_and_the_answer_changes(desk):
    assert status("XHA") == ("unknown", None)

    approved(a_verification())

    assert status("XHA") == ("extended", day("2010-08-18"))
    assert [version.fact.standing for version in history("toy", LEAD)] == ["lead", "fact"]


def test_a_correction_is_a_row_of_its_own_that_names_the_one_it_corrects(desk):
    approved(a_correction())

    corrected, correction = (
        history("toy", key)[-1].fact for key in ("XIA.postponement-granted.A3", "XIA.postponement-granted.A3.2")
    )
    assert correction.supersedes == corrected.key
    assert (corrected.value, status("XIA")) == ("2011-01-05", ("extended", day("2011-06-05")))


def test_a_lead_that_would_correct_a_fact_corrects_it_once_it_is_verified(desk):
    Fact.objects.filter(key=LEAD).update(supersedes="XHA.dark-coasts-reported")

    approved(a_verification())

    assert history("toy", LEAD)[-1].fact.supersedes == "XHA.dark-coasts-reported"


def test_a_correction_that_is_withdrawn_lets_the_corrected_fact_stand_again(desk):
    approved(a_correction())

    approved(an_act("withdraw", "XIA.postponement-granted.A3.2"))

    assert status("XIA") == ("extended", day("2011-01-05"))


def test_a_dispute_stands_beside_what_it_denies_and_answers_nothing(desk):
    before = status("XIA")

    approved(an_act("dispute", "XIA.postponement-granted.A3", source="Yearly reports", place="2008, page 2"))

    keys = [fact.key for fact in facts_about("toy", "XIA", day("2009-01-01"))]
    assert status("XIA") == before
    assert {"XIA.postponement-granted.A3", "XIA.postponement-granted.A3.2"} <= set(keys)


@pytest.mark.parametrize(("act", "rank"), [("withdraw", "withdrawn"), ("set_aside", "deprecated")])
def test_a_fact_withdrawn_or_set_aside_answers_nothing_and_stays_in_its_history(desk, act, rank):
    approved(an_act(act, "XIA.postponement-granted.A3"))

    versions = history("toy", "XIA.postponement-granted.A3")

    assert [version.fact.rank for version in versions] == ["normal", rank]
    assert "XIA.postponement-granted.A3" not in [fact.key for fact in facts_about("toy", "XIA", day("2009-01-01"))]
    assert question("toy", day("2008-01-01"), day("2008-01-01"), at=1).status("article-4", "XIA").word == "extended"


def test_a_source_comes_with_the_fact_that_cites_it(desk):
    document = {"kind": "organ", "symbol": "LAMP/A3/INF.2", "title": "Corrigendum", "address": "", "note": ""}
    draft = a_grant(source="")

    approved(type(draft)(draft.act, "", draft.cells, document=document, reason="A corrigendum."))

    (fact,) = register("toy", SECRETARIAT).versions["XBA.postponement-granted.A3"]
    assert (fact.source.key, fact.source.kind, fact.source.title) == ("LAMP/A3/INF.2", "organ", "Corrigendum")


def test_the_author_cannot_approve(desk):
    number, before = proposed(a_grant()), rows()

    with pytest.raises(AuthorCannotApprove) as refused:
        approve(convention="toy", number=number, by="ada")

    assert str(refused.value) == (
        f"The proposal {number} cannot be approved by its author, ada. A fact enters the register only when a second "
        "person has looked at it and its source. Ask a colleague to approve it, or withdraw it."
    )
    assert (rows(), head("toy")) == (before, 1)


def test_the_same_approval_twice_is_refused_and_says_who_came_first(desk):
    number = approved(a_grant()).number
    before = rows(), head("toy")

    with pytest.raises(EndedAlready) as refused:
        approve(convention="toy", number=number, by="ben")

    assert refused.value.what == f"The proposal {number} was approved already; nothing was done a second time."
    assert refused.value.why.startswith("By ben, at ")
    assert (rows(), head("toy")) == before


def test_a_proposal_about_a_fact_that_has_changed_since_is_refused(desk):
    stale = proposed(an_act("withdraw", LEAD))
    approved(a_verification())

    with pytest.raises(FactHasMoved) as refused:
        approve(convention="toy", number=stale, by="ben")

    assert refused.value.why == ("It was made looking at the version of journal number 1; the newest is of 2.")


def test_two_corrections_of_one_fact_cannot_both_stand(desk):
    first, second = proposed(a_correction()), proposed(a_correction(value="2011-12-31"), by="ben")
    approve(convention="toy", number=first, by="ben")

    with pytest.raises(DraftIsFaulty) as refused:
        approve(convention="toy", number=second, by="ada")

    assert "XIA.postponement-granted.A3 was corrected already. XIA.postponement-granted.A3.2 corrects it." in str(
        refused.value
    )
    assert inbox("toy").proposals[second].state == "open"


def test_declining_needs_a_reason_and_withdrawing_the_author(desk):
    number = proposed(a_grant())

    with pytest.raises(ReasonIsMissing, match=r"The refusal needs a reason\."):
        decline(convention="toy", number=number, reason=" ", by="ben")
    with pytest.raises(OnlyTheAuthorWithdraws, match=r"is not yours to withdraw\. ada made it\. Decline it"):
        withdraw(convention="toy", number=number, reason="No.", by="ben")

    assert decline(convention="toy", number=number, reason="It is another State.", by="ben").state == "declined"
    with pytest.raises(EndedAlready, match="was declined already"):
        withdraw(convention="toy", number=number, reason="No.", by="ada")


def test_the_same_form_sent_twice_is_one_proposal(desk):
    first, second = (propose(convention="toy", draft=a_grant(), by="ada", key="form-1").number for _ in range(2))

    assert first == second
    assert len(inbox("toy").open_proposals) == 1


def test_each_step_stands_in_the_journal(desk):
    number = proposed(a_grant())
    approve(convention="toy", number=number, by="ben")
    other = proposed(a_verification())
    withdraw(convention="toy", number=other, reason="Wrong page.", by="ada")

    steps = [(entry.kind, entry.by) for entry in entries("toy/desk")]

    assert steps == [("fact-proposed", "ada"), ("fact-proposed", "ada"), ("proposal-withdrawn", "ada")]
    assert [(entry.kind, entry.by) for entry in entries("toy")] == [("pack-loaded", "test"), ("fact-approved", "ben")]
