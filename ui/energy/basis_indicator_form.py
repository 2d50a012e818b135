"""The form of one indicator: everything it says of itself, and how a computed one is read."""

from __future__ import annotations

from db.vocab import Direction, Frequency, IndicatorKind
from gwangju_desktop.energy import factors, indicators, words
from gwangju_desktop.energy.derived.model import definitions_of
from gwangju_desktop.energy.queries import IndicatorRow
from gwangju_desktop.energy.words import SECTIONS
from gwangju_desktop.errors import UserError
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog, Field, Labelled, Lines, NumberField, beside
from ui.widgets.parts import Label

QUALITIES = ("", *words.STATUSES)


def _filled(title, value: str = "", help: str = "") -> Labelled:
    field = Field("", title)
    field.setText(value)
    field.setCursorPosition(0)
    return Labelled(title, field, help)


def _chosen(title, table, value: str, keys=None) -> Labelled:
    options = [(key, table.get(key, key)) for key in (keys or table)]
    return Labelled(title, Choice(options, title, value))


class IndicatorForm(Dialog):
    """Add an indicator, or change what one says of itself."""

    edits = ("indicator", "fact")

    def __init__(
        self,
        parent,
        desk,
        fact: IndicatorRow | None,
        names: dict[str, str],
        titles: dict[str, str] | None = None,
    ) -> None:
        self.desk, self.fact = desk, fact
        self.code = _filled(
            C_("energy", "Code"), "", N_("Two to eight capital letters and digits, as EL01.")
        )
        self.name = _filled(N_("Name (Korean)"), fact.name_ko if fact else "")
        self.english = _filled(N_("Name (English)"), fact.name_en if fact else "")
        self.unit = _filled(C_("energy", "Unit"), fact.unit if fact else "")
        self.section = _chosen(N_("Section"), SECTIONS, fact.section if fact else "energy")
        self.kind = _chosen(
            C_("indicator", "Kind"),
            words.KINDS,
            fact.kind if fact else "flow",
            [one.value for one in IndicatorKind],
        )
        self.direction = _chosen(
            C_("indicator", "Direction"),
            words.DIRECTIONS,
            fact.better if fact else "none",
            [one.value for one in Direction],
        )
        self.frequency = _chosen(
            C_("indicator", "Frequency"),
            words.FREQUENCIES,
            fact.frequency if fact else "year",
            ["", *(one.value for one in Frequency)],
        )
        self.level = _chosen(
            C_("indicator", "Smallest area"), words.LEVELS, fact.level if fact else "city"
        )
        self.decimals = Labelled(
            N_("Decimals"),
            NumberField(N_("Decimals"), fact.decimals if fact else 0, high=6, width=0),
        )
        self.baseline = Labelled(
            C_("indicator", "Baseline year"),
            NumberField(
                C_("indicator", "Baseline year"),
                fact.baseline_year if fact else None,
                low=1900,
                high=2100,
                width=0,
            ),
        )
        table = {"": C_("indicator", "As published"), **words.STATUSES}
        self.quality = _chosen(
            C_("indicator", "Quality"), table, fact.quality if fact else "", QUALITIES
        )
        self.origin = _filled(C_("indicator", "Published by"), fact.origin if fact else "")
        self.note = Labelled(
            C_("indicator", "Note"),
            Lines(C_("indicator", "Note"), fact.note_ko if fact else "", height=58),
        )
        self.note_en = Labelled(
            N_("Note (English)"),
            Lines(N_("Note (English)"), fact.note_en if fact else "", height=58),
        )
        computed = [*self._tables(fact, titles or {}), *self._computed(fact, names)]
        if fact is not None:
            self.code.hide()
        super().__init__(
            parent,
            N_("Indicator {code}") if fact else N_("New indicator"),
            beside(self.name, self.english),
            *([] if fact else [beside(self.code, self.unit, self.section)]),
            *([beside(self.unit, self.section)] if fact else []),
            beside(self.kind, self.direction, self.decimals),
            beside(self.frequency, self.level, self.baseline),
            beside(self.origin, self.quality),
            beside(self.note, self.note_en),
            *computed,
            button=N_("Save") if fact else C_("button", "Add"),
            width=680,
            **({"code": fact.code} if fact else {}),
        )
        if self.top is not None:
            self.top.field.currentIndexChanged.connect(self.on_top)
        self.name.field.setFocus()

    def _tables(self, fact: IndicatorRow | None, titles: dict[str, str]) -> list:
        """Return what chooses the table that is read first, where there are several."""
        self.source = None
        if fact is None or len(fact.sources) < 2:
            return []
        title = N_("Table that is read first")
        options = [(code, titles.get(code, code)) for code in fact.sources]
        self.source = Labelled(
            title,
            Choice(options, title, fact.sources[0]),
            N_("A period is read from the first table that has it; two are never added."),
        )
        return [self.source]

    def on_top(self, *_chosen) -> None:
        """Take what is divided for a rate."""
        if self.top.field.value():
            self.kind.field.choose(IndicatorKind.RATE.value)

    def _computed(self, fact: IndicatorRow | None, names: dict[str, str]) -> list:
        """Return what says how a figure is computed: two indicators, or the ways of a rule."""
        self.top = self.bottom = self.times = self.definition = self.mode = None
        if fact is None:
            none = ("", C_("indicator", "None: figures are read"))
            options = [none, *((code, f"{name} ({code})") for code, name in names.items())]
            title = N_("Computed as")
            self.top = Labelled(title, Choice(options, title))
            self.bottom = Labelled(N_("divided by"), Choice(options, N_("divided by")))
            self.times = Labelled(
                N_("times"), NumberField(N_("times"), 1, low=1, high=999_999_999, width=0)
            )
            return [beside(self.top, self.bottom, self.times)]
        if not fact.computed:
            return []
        parts = []
        known = definitions_of(fact.rule)
        if known:
            title = C_("energy", "Definition")
            self.definition = Labelled(title, Choice(list(known.items()), title, fact.definition))
            parts.append(self.definition)
        title = N_("Factors by")
        self.mode = Labelled(
            title, Choice(list(factors.MODES.items()), title, fact.rule.get("mode", "year"))
        )
        if fact.rule["form"] == "sum":
            parts.append(self.mode)
        parts.append(
            Label(
                N_("What was recorded stays as it is and is compared with the new value."),
                "cap",
                wrap=True,
            )
        )
        return parts

    def confirm(self) -> None:
        values = {
            "name_ko": self.name.value(),
            "name_en": self.english.value(),
            "unit": self.unit.value(),
            "section": self.section.value(),
            "kind": self.kind.value(),
            "direction": self.direction.value(),
            "decimals": self.decimals.value() or 0,
            "frequency": self.frequency.value(),
            "level": self.level.value(),
            "baseline_year": self.baseline.value(),
            "quality": self.quality.value(),
            "origin": self.origin.value(),
            "note_ko": self.note.value(),
            "note_en": self.note_en.value(),
        }
        for part, message in (
            (self.name, N_("An indicator needs a Korean name.")),
            (self.unit, N_("An indicator needs its unit.")),
        ):
            if not part.value():
                part.wrong(say(message))
                raise UserError(message)
        if self.fact is None:
            values |= {
                "code": self.code.value(),
                "top": self.top.value(),
                "bottom": self.bottom.value(),
                "times": self.times.value() or 1,
            }
            use = indicators.add_indicator
        else:
            values |= {"id": self.fact.id}
            if self.source is not None:
                values["source"] = self.source.value()
            if self.definition is not None:
                values["definition"] = self.definition.value()
            if self.fact.computed:
                values["mode"] = self.mode.value()
            use = indicators.edit_indicator
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values)
