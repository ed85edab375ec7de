"""A pack's upgrade and the facts of the desk: nothing local is overwritten, and a clash is told and shown."""

import pytest

from servanda.journal.queries import entries, head
from servanda.people.permissions import SECRETARIAT
from servanda.register.inbox import inbox
from servanda.register.models import Fact
from servanda.register.proposing import EndedAlready, approve, propose, settle_clash
from servanda.register.queries import register
from servanda.site.command import main
from tests.desk.drafts import a_correction, a_grant, a_verification, an_act
from tests.packs.loaded import load_folder
from tests.packs.shelf import add_line, change, copy_of_toy

LEAD = "XHA.postponement-granted.A3"
LEAD_ROW = "XHA,postponement-granted,2007-05-18,open,2010-08-18"
GRANT = "XIA.postponement-granted.A3,XIA,postponement-granted,2007-05-18,open,2011-01-05"
ADDED = (
    "XBA.postponement-granted.A3,XBA,postponement-granted,2007-05-18,open,{},A3,2007-05-18,decision,decided,"
    "LAMP/A3/9,paragraph 40,,,,"
)


def approved(draft):
    number = propose(convention="toy", draft=draft, by="ada").number
    return approve(convention="toy", number=number, by="ben")


def newest(key):
    return register("toy", SECRETARIAT).versions[key][-1]


def clashes():
    return [(clash.key, clash.local_key, clash.said.get("value")) for clash in inbox("toy").open_clashes]


def test_an_upgrade_without_a_word_on_it_leaves_the_fact_of_the_desk_and_tells_of_no_clash(desk, tmp_path):
    approved(a_grant())
    approved(a_verification())
    folder = change(copy_of_toy(tmp_path), "pack.yaml", 'version: "3"', 'version: "4"')

    loaded = load_folder(folder)

    assert (loaded.added, loaded.changed, loaded.withdrawn, loaded.clashes) == (0, 0, 0, ())
    assert (newest("XBA.postponement-granted.A3").place, newest(LEAD).standing) == ("paragraph 40", "fact")


def test_a_pack_that_says_otherwise_on_the_same_key_is_a_clash_and_overwrites_nothing(desk, tmp_path, capsys):
    approved(a_verification())
    folder = change(copy_of_toy(tmp_path), "leads/coasts.csv", LEAD_ROW, LEAD_ROW.replace("2010", "2012"))

    code = main(["load", str(folder)])

    told = capsys.readouterr().err
    assert code == 0
    assert (
        f"toy: the pack says otherwise than the desk on 1 fact(s); the desk's stand, nothing was overwritten: {LEAD}. "
        "Settle each at the desk."
    ) in told
    assert clashes() == [(LEAD, LEAD, "2012-08-18")]
    assert (newest(LEAD).value, newest(LEAD).standing) == ("2010-08-18", "fact")


def test_a_pack_that_adds_the_key_of_a_local_fact_with_another_value_is_a_clash(desk, tmp_path):
    approved(a_grant())
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", ADDED.format("2009-09-09"))

    loaded = load_folder(folder)

    assert (loaded.added, loaded.clashes) == (0, ("XBA.postponement-granted.A3",))
    assert newest("XBA.postponement-granted.A3").value == "2008-06-30"


def test_a_pack_that_catches_up_with_the_desk_is_no_clash(desk, tmp_path):
    approved(a_grant())
    folder = copy_of_toy(tmp_path)
    add_line(folder, "facts/coasts.csv", ADDED.format("2008-06-30"))

    loaded = load_folder(folder)

    assert (loaded.added, loaded.changed, loaded.clashes) == (0, 0, ())


def test_a_pack_that_changes_what_the_desk_corrected_is_a_clash_and_the_correction_stands(desk, tmp_path):
    approved(a_correction())
    folder = change(copy_of_toy(tmp_path), "facts/coasts.csv", GRANT, GRANT.replace("2011-01-05", "2011-02-05"))

    loaded = load_folder(folder)

    correction = "XIA.postponement-granted.A3.2"
    assert (loaded.changed, clashes()) == (1, [("XIA.postponement-granted.A3", correction, "2011-02-05")])
    assert newest(correction).value == "2011-06-05"


def test_a_pack_that_drops_what_the_desk_verified_withdraws_nothing(desk, tmp_path):
    approved(a_verification())
    folder = copy_of_toy(tmp_path)
    path = folder / "leads/coasts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(LEAD)), encoding="utf-8")

    loaded = load_folder(folder)

    assert (loaded.withdrawn, clashes()) == (0, [(LEAD, LEAD, None)])
    assert newest(LEAD).standing == "fact"


def test_what_the_desk_withdrew_does_not_come_back_with_the_next_load(desk, tmp_path):
    approved(an_act("withdraw", "XIA.postponement-granted.A3"))
    folder = change(copy_of_toy(tmp_path), "pack.yaml", 'version: "3"', 'version: "4"')

    loaded = load_folder(folder)

    assert (loaded.changed, loaded.clashes) == (0, ())
    assert newest("XIA.postponement-granted.A3").rank == "withdrawn"


def test_a_clash_is_told_until_it_is_settled_and_once_only(desk, tmp_path):
    approved(a_verification())
    folder = change(copy_of_toy(tmp_path), "leads/coasts.csv", LEAD_ROW, LEAD_ROW.replace("2010", "2012"))
    first, again = load_folder(folder), load_folder(folder)
    (clash,) = inbox("toy").open_clashes

    settle_clash(convention="toy", number=clash.number, reason="The report says 2010.", by="ben")

    assert (first.clashes, again.clashes, load_folder(folder).clashes) == ((LEAD,), (LEAD,), ())
    with pytest.raises(EndedAlready, match="was closed already; nothing was done a second time"):
        settle_clash(convention="toy", number=clash.number, reason="Again.", by="ada")


def test_a_clash_is_shown_beside_what_the_desk_says(desk, tmp_path, client):
    approved(a_verification())
    load_folder(change(copy_of_toy(tmp_path), "leads/coasts.csv", LEAD_ROW, LEAD_ROW.replace("2010", "2012")))
    (clash,) = inbox("toy").open_clashes
    client.force_login(desk["ben"])

    page = client.get(f"/en/desk/toy/clashes/{clash.number}/").content.decode()

    assert "<ins><bdi>2010-08-18</bdi></ins> <del><bdi>2012-08-18</bdi></del>" in page


def test_a_load_that_fails_leaves_no_clash_behind(desk, tmp_path, monkeypatch):
    approved(a_verification())
    rows, at = Fact.objects.count(), head("toy")
    folder = change(copy_of_toy(tmp_path), "leads/coasts.csv", LEAD_ROW, LEAD_ROW.replace("2010", "2012"))
    monkeypatch.setattr("servanda.site.loading.open_clashes", lambda _convention: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        load_folder(folder)

    assert (Fact.objects.count(), head("toy")) == (rows, at)
    assert [entry.kind for entry in entries("toy/desk")] == ["fact-proposed"]
