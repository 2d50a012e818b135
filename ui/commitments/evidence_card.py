"""One piece of evidence: what it looks like, what it proves, where it is from, and its file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from gwangju_desktop.evidence import evidence
from gwangju_desktop.evidence.rows import ClaimRow, EvidenceRow
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import words
from ui import theme
from ui.commitments.evidence_preview import EvidencePreview
from ui.commitments.evidence_rows import CLAIMS, SAMPLE, kind_text, size_text, state_word
from ui.models.rows import RowTable
from ui.text import C_, N_, Msg, say
from ui.widgets.lists import RowList
from ui.widgets.page import pair
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule, scrolled

WIDTH = 400  # px at 100 %
CAPTION = 100


class EvidenceCard(QFrame):
    """The inspector of the shelf; what is asked of it is told by its signals."""

    asked = Signal(str, object)  # what to do, and with which claim (an id) or None

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk, self.row = page, page.desk, None
        self.setObjectName("inspector")
        self._make()
        self._lay_out()
        self.dress()

    def _make(self) -> None:
        self.title = Label("", "h3", wrap=True)
        self.kind = Chip()
        self.who = Chip()
        self.sample = Chip()
        self.preview = EvidencePreview(self.desk)
        self.wrong = Label("", "sec", wrap=True)
        self.claims = RowList(
            RowTable(CLAIMS), C_("evidence", "What it proves"), height=48, header=False, fit=True
        )
        self.none = Label(N_("Say in one sentence what it proves, and where that counts."), "sec")
        self.none.setWordWrap(True)
        self.add = Button(C_("evidence", "Add a claim"), "link", "plus", slot=self.on_add)
        self.change = Button(C_("commitment", "Edit"), "link", "pencil", slot=self.on_change)
        self.drop = Button(C_("evidence", "Remove"), "link", "trash-2", slot=self.on_drop)
        self.up = Button("", "ghost", "chevron-up", name=N_("Claim up"), slot=self.on_up)
        self.down = Button("", "ghost", "chevron-down", name=N_("Claim down"), slot=self.on_down)
        self.facts = {
            "title_en": Label("", "sec", wrap=True),
            "file": Label("", "sec", wrap=True),
            "sha256": Label("", "cap", wrap=True),
            "obtained": Label("", "sec", wrap=True),
            "url": Label("", "sec", wrap=True),
            "ground": Label("", "sec", wrap=True),
            "note": Label("", "sec", wrap=True),
        }
        self.open = Button(C_("evidence", "Open"), icon="eye", slot=self.on_open)
        self.save = Button(N_("Save a copy"), icon="download", slot=self.on_save)
        self.edit = Button(C_("evidence", "Edit"), icon="pencil", slot=self.on_edit)
        self.replace = Button(C_("evidence", "Replace"), icon="upload", slot=self.on_replace)
        self.withdraw = Button(C_("evidence", "Withdraw"), "danger", slot=self.on_withdraw)
        self.writers = (self.add, self.change, self.drop, self.up, self.down)
        self.page.writing(*self.writers, self.edit, self.replace, self.withdraw)

    def _lay_out(self) -> None:
        self.alarm = frame("inset")
        row(
            Icon("triangle-alert", "bad", 18),
            (self.wrong, 1),
            margins=(12, 8, 12, 8),
            gap=10,
            into=self.alarm,
        )
        self.deeds = row(self.change, self.drop, None, self.up, self.down, gap=4)
        captions = {
            "title_en": C_("evidence", "In English"),
            "file": C_("evidence", "File"),
            "sha256": N_("Digest (SHA-256)"),
            "obtained": C_("evidence", "Obtained"),
            "url": C_("evidence", "Address"),
            "ground": C_("evidence", "Ground"),
            "note": C_("evidence", "Note"),
        }
        self.pairs = {
            key: pair(Label(captions[key], "cap"), label, CAPTION)
            for key, label in self.facts.items()
        }
        inside = QWidget()
        column(
            self.title,
            row(self.kind, self.who, self.sample, None, gap=6),
            self.alarm,
            self.preview,
            row(self.open, self.save, None, gap=8),
            rule(),
            row(Label(C_("evidence", "What it proves"), "h3"), None, self.add),
            self.none,
            self.claims,
            self.deeds,
            rule(),
            *self.pairs.values(),
            4,
            row(self.edit, self.replace, None, self.withdraw, gap=8),
            None,
            margins=(20, 16, 16, 16),
            gap=8,
            into=inside,
        )
        column(scrolled(inside), gap=0, into=self)

    def dress(self) -> None:
        """Take the width at the present text size."""
        self.setFixedWidth(theme.px(WIDTH))

    # --- what is shown
    def show_evidence(self, held: EvidenceRow | None) -> None:
        """Show one piece of evidence."""
        self.row = held
        self.preview.show_evidence(held)
        if held is None:
            return
        self.title.say(named(held.title, held.title_en))
        self.kind.say(kind_text(held))
        self.who.say(DISCLOSURES[held.disclosure], "ok" if held.public else "neu")
        self.sample.say(SAMPLE if held.sample else "", "warn")
        self.alarm.setVisible(bool(held.broken))
        for button in (self.open, self.save):
            button.why_not(state_word(held.broken) if held.broken else "")
        if held.broken:
            self.wrong.say(
                N_(
                    "{what}: {name}. It blocks reports and review copies until the right file is "
                    "put in its place or the evidence is withdrawn."
                ),
                what=Msg(state_word(held.broken), state_word(held.broken).context),
                name=held.name,
            )
        kept = self.claims.current()
        self.claims.model().show(held.claims)
        self.claims.setVisible(bool(held.claims))
        self.none.setVisible(not held.claims)
        self.deeds.setVisible(bool(held.claims) and not self.desk.read_only)
        if kept in [claim.id for claim in held.claims]:
            self.claims.choose(kept)
        else:
            self.claims.choose_first()
        self._show_facts(held)

    def _show_facts(self, held: EvidenceRow) -> None:
        obtained = words().day(held.obtained_on, "full")
        if held.obtained_from:
            obtained = f"{obtained} · {held.obtained_from}"
        ground = held.ground or say(C_("evidence", "No ground given yet"))
        said = {
            "title_en": held.title_en,
            "file": f"{held.name} · {size_text(held.bytes)}",
            "sha256": " ".join(held.sha256[n : n + 16] for n in range(0, 64, 16)),
            "obtained": obtained,
            "url": held.url,
            "ground": "" if held.public else ground,
            "note": held.note,
        }
        for key, words_of in said.items():
            self.facts[key].say(words_of)
            self.pairs[key].setVisible(bool(words_of))
        self.facts["ground"].ink("text2" if held.ground else "warn")

    def claim(self) -> ClaimRow | None:
        """Return the claim in front."""
        if self.row is None:
            return None
        return next((one for one in self.row.claims if one.id == self.claims.current()), None)

    # --- what a person does
    def _ask(self, what: str, claim: bool = False) -> None:
        if self.row is not None:
            self.asked.emit(what, self.claims.current() if claim else None)

    def on_open(self) -> None:
        self._ask("open")

    def on_save(self) -> None:
        self._ask("save")

    def on_edit(self) -> None:
        self._ask("edit")

    def on_replace(self) -> None:
        self._ask("replace")

    def on_withdraw(self) -> None:
        self._ask("withdraw")

    def on_add(self) -> None:
        self._ask("claim")

    def on_change(self) -> None:
        self._ask("claim", claim=True)

    def on_drop(self) -> None:
        """Take the claim in front away."""
        if self.claim() is not None:
            self.desk.do(evidence.remove_claim, claim_id=self.claim().id)

    def on_up(self) -> None:
        self._move(-1)

    def on_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        if self.claim() is not None:
            self.desk.do(evidence.move_claim, claim_id=self.claim().id, by=by)
