"""Forms of evidence: files on their way in, and what is said of one."""

from __future__ import annotations

from pathlib import Path

from gwangju_desktop import clock
from gwangju_desktop.commitments.words import EVIDENCE
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.evidence import evidence
from gwangju_desktop.evidence.rows import EvidenceRow
from gwangju_desktop.meetings.words import DISCLOSURES
from ui import alerts
from ui.commitments import evidence_jobs as jobs
from ui.commitments import shown
from ui.commitments.evidence_links import Linked, Links
from ui.commitments.evidence_rows import size_text
from ui.energy.form_parts import filled, labelled
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Lines, beside
from ui.widgets.parts import Label

WIDTH = 620
NAMED = 4  # files that are named in the form; the others are counted
WHOLE_PLAN = C_("evidence", "The plan as a whole")


def commitments_of(place) -> list[tuple[int | None, str]]:
    """Return what evidence may belong to, for a choice."""
    named = [(one.id, f"{one.code} {shown.title(one)}") for one in place.commitments]
    return [(None, WHOLE_PLAN), *named]


class AddEvidence(Dialog):
    """Files that become evidence together: whose, from where, and what they prove."""

    def __init__(self, page, paths: list[Path], links: Links, commitment_id: int | None) -> None:
        self.desk, self.paths, self.page, self.work = page.desk, paths, page, None
        self.files = Label("", "sec", wrap=True)
        whose = C_("evidence", "Belongs to")
        self.whose = labelled(whose, Choice(commitments_of(page.place), whose, commitment_id))
        self.obtained = labelled(C_("evidence", "Obtained on"), DateField("", clock.today(), 0))
        self.source = labelled(C_("evidence", "Obtained from"), filled(""))
        self.url = labelled(N_("Address of the page"), filled(""))
        self.who = labelled(
            N_("Who may read it"), Choice(DISCLOSURES.items(), N_("Who may read it"), "members")
        )
        self.ground = labelled(N_("Ground where it is not public"), filled(""))
        self.claim = labelled(
            N_("What it proves, in one sentence"),
            Lines(N_("What it proves, in one sentence"), "", 56),
            N_("May be left for later; several files get the same sentence."),
        )
        self.linked = Linked(links, commitment_id)
        self.kept = Label("", "sec", "warn", wrap=True)
        self.kept.hide()
        super().__init__(
            page.window(),
            N_("Add evidence"),
            self.files,
            beside(self.whose, self.obtained),
            beside(self.source, self.url),
            beside(self.who, self.ground),
            self.claim,
            self.linked,
            self.kept,
            button=C_("button", "Add"),
            icon="upload",
            width=WIDTH,
        )
        self._name_files()
        self.whose.field.currentIndexChanged.connect(self.on_whose)
        self.claim.field.setFocus()

    def _name_files(self) -> None:
        named = [f"{path.name} ({_size(path)})" for path in self.paths[:NAMED]]
        more = len(self.paths) - NAMED
        if more > 0:
            named.append(say(NN_("and {n} more file", "and {n} more files"), n=more))
        self.files.say(" · ".join(named))

    def on_whose(self, _n: int) -> None:
        """Let the claim speak of the same commitment."""
        self.linked.choose(self.whose.field.value())

    def confirm(self) -> None:
        """Take the files in on a thread of its own; the form stays until they are there."""
        claim = {}
        sentence = self.claim.value()
        if sentence:
            claim = {"claim": sentence, **self.linked.value()}
        commitment = self.whose.value()
        fields = {
            # The link of a claim to a question names the commitment it is asked of.
            "commitment_id": claim.pop("commitment_id", None) or commitment,
            "obtained_on": self.obtained.value() or clock.today(),
            "obtained_from": self.source.value(),
            "url": self.url.value(),
            "disclosure": self.who.value(),
            "ground": self.ground.value(),
        }
        self.button.setEnabled(False)
        self.work = self.desk.work(
            jobs.add,
            title=jobs.ADDING,
            then=self.on_added,
            otherwise=self.on_not_added,
            paths=self.paths,
            plan_id=self.page.place.plan_id,
            claim=claim,
            **fields,
        )

    def on_added(self, added: jobs.Added) -> None:
        """Close; where some were refused, stay and say which, the rest is in."""
        self.work = None
        if added.mended:
            self.page.toast(N_("{names}: whole again."), names=", ".join(added.mended))
        if not added.refused:
            self.on_accepted(added.ids)
            return
        self.value = added.ids
        self.kept.say("\n".join(added.refused))
        self.kept.show()
        self.button.hide()
        self.cancel_button.say(C_("button", "Close"))
        self.page.put_front(added.ids)
        self.adjustSize()

    def on_not_added(self, error: Exception) -> None:
        """Say why; stopped, nothing more."""
        self.work = None
        self.button.setEnabled(True)
        if not isinstance(error, Cancelled):
            self.on_refused(error)

    def reject(self) -> None:
        """Cancel: stop what is being read first."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        else:
            super().reject()


class EditEvidence(Dialog):
    """Change what is said of a piece of evidence."""

    edits = ("evidence", "held")

    def __init__(self, page, held: EvidenceRow) -> None:
        self.desk, self.held = page.desk, held
        whose = C_("evidence", "Belongs to")
        kinds = C_("evidence", "Kind")
        who = N_("Who may read it")
        self.fields = {
            "title": labelled(C_("evidence", "Title"), filled(held.title)),
            "title_en": labelled(C_("evidence", "In English"), filled(held.title_en)),
            "kind": labelled(kinds, Choice(EVIDENCE.items(), kinds, held.kind)),
            "commitment_id": labelled(
                whose, Choice(commitments_of(page.place), whose, held.commitment_id)
            ),
            "obtained_on": labelled(
                C_("evidence", "Obtained on"), DateField("", held.obtained_on, 0)
            ),
            "obtained_from": labelled(C_("evidence", "Obtained from"), filled(held.obtained_from)),
            "url": labelled(N_("Address of the page"), filled(held.url)),
            "disclosure": labelled(who, Choice(DISCLOSURES.items(), who, held.disclosure)),
            "ground": labelled(N_("Ground where it is not public"), filled(held.ground)),
            "note": labelled(C_("evidence", "Note"), Lines(C_("evidence", "Note"), held.note, 56)),
            "sample": Check(N_("Made up (sample)"), held.sample),
        }
        of = self.fields
        super().__init__(
            page.window(),
            N_("Edit evidence"),
            beside(of["title"], of["title_en"]),
            beside(of["kind"], of["commitment_id"]),
            beside(of["obtained_on"], of["obtained_from"]),
            of["url"],
            beside(of["disclosure"], of["ground"]),
            of["note"],
            of["sample"],
            width=WIDTH,
        )
        of["title"].field.setFocus()

    def confirm(self) -> None:
        values = {name: field.value() for name, field in self.fields.items()}
        values["obtained_on"] = values["obtained_on"] or self.held.obtained_on
        self.desk.do(
            evidence.edit_evidence,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.held.id,
            **values,
        )


def _size(path: Path) -> str:
    try:
        return size_text(path.stat().st_size)
    except OSError as error:
        return alerts.sentence(error) or ""
