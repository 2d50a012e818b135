"""Note to whom a copy was handed over, by what way and when."""

from __future__ import annotations

from gwangju_desktop import clock
from gwangju_desktop.snapshots import deliveries
from gwangju_desktop.snapshots.words import CHANNELS
from ui.text import C_, N_
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, beside


class DeliveryDialog(Dialog):
    """One handing over, new or to be corrected."""

    def __init__(self, parent, desk, copy, delivery=None) -> None:
        self.desk, self.copy, self.delivery = desk, copy, delivery
        recipient = Field(N_("For example: the monitoring body"))
        note = Field(N_("For example: in a sealed envelope"))
        self.recipient = Labelled(N_("Handed over to"), recipient)
        way = Choice(list(CHANNELS.items()), C_("handing over", "Way"))
        self.channel = Labelled(C_("handing over", "Way"), way)
        # In a sample, today may be before the day the copy was made.
        today = max(clock.today(), copy.made_at.date())
        day = today if delivery is None else delivery.delivered_on
        self.day = Labelled(N_("Handed over on"), DateField(N_("Handed over on"), day))
        self.note = Labelled(C_("handing over", "Note"), note)
        if delivery is not None:
            recipient.setText(delivery.recipient)
            way.choose(delivery.channel)
            note.setText(delivery.note)
        super().__init__(
            parent,
            N_("Handing over of review copy no. {n}"),
            self.recipient,
            beside(self.channel, self.day),
            self.note,
            n=copy.sequence,
        )
        recipient.setFocus()

    def confirm(self) -> None:
        """Keep it."""
        told = {
            "recipient": self.recipient.value(),
            "channel": str(self.channel.value()),
            "delivered_on": self.day.value(),
            "note": self.note.value(),
        }
        answers = {"then": self.on_accepted, "otherwise": self.on_refused}
        if self.delivery is None:
            self.desk.do(deliveries.add_delivery, snapshot_id=self.copy.id, **answers, **told)
        else:
            self.desk.do(deliveries.change_delivery, id=self.delivery.id, **answers, **told)
