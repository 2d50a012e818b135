"""Forms of posts: the post, who holds it, the seats in bodies that go with it."""

from __future__ import annotations

from db.vocab import EndReason, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import postlists, posts, queries
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import END_REASONS, ROLES
from ui.members.person_forms import NO_REASON
from ui.members.pickers import Completing, PersonPicker
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled, beside
from ui.widgets.parts import Button, Label, column, rule


class PostDialog(Dialog):
    """Add or change a post."""

    edits = ("post", "id")

    def __init__(self, parent, desk, post=None) -> None:
        self.desk, self.id = desk, post.id if post else None
        self.name_ko = Labelled(N_("Name (Korean)"), Field())
        self.name_en = Labelled(N_("Name (English)"), Field())
        self.organisation = Labelled(N_("Organisation"), Completing())
        if post:
            self.name_ko.field.setText(post.name_ko)
            self.name_en.field.setText(post.name_en)
            self.organisation.field.setText(post.organisation_ko)
        self.removing = Button(N_("Remove post"), "link", "trash-2", slot=self.on_remove)
        self.removing.setVisible(post is not None)
        super().__init__(
            parent,
            N_("Edit post") if post else N_("Add post"),
            beside(self.name_ko, self.name_en),
            self.organisation,
            button=N_("Save") if post else C_("button", "Add"),
            width=520,
        )
        self.buttons.layout().insertWidget(0, self.removing)
        desk.read(queries.organisations, then=self.organisation.field.show_known)

    def on_remove(self) -> None:
        self.desk.do(
            posts.remove_post, then=self.on_accepted, otherwise=self.on_refused, id=self.id
        )

    def confirm(self) -> None:
        values = {key: getattr(self, key).value() for key in ("name_ko", "name_en", "organisation")}
        if self.id is not None:
            values["id"] = self.id
        verb = posts.add_post if self.id is None else posts.edit_post
        self.desk.do(verb, then=self.on_accepted, otherwise=self.on_refused, **values)


class ChangeHolderDialog(Dialog):
    """Let somebody else hold a post from a day on; says what that does before it is done."""

    def __init__(self, parent, desk, post) -> None:
        self.desk, self.id = desk, post.id
        held = post.holding(clock.today())
        self.person = Labelled(
            N_("New holder"),
            PersonPicker(desk, N_("New holder")),
            N_("Type a name or its initial consonants and choose; add new people in the roll."),
        )
        self.on = Labelled(N_("Holds it from"), DateField(N_("Holds it from"), clock.today(), 0))
        self.reason = Labelled(
            N_("Why the holder before goes"),
            Choice(
                END_REASONS.items(),
                N_("Why the holder before goes"),
                EndReason.POST_CHANGED.value,
            ),
        )
        self.reason.setVisible(held is not None)
        self.before = Label("", "sec", wrap=True)
        self.told, self.effects = Label("", "secb", wrap=True), column(gap=6)
        super().__init__(
            parent,
            N_("Change the holder of {post}"),
            self.before,
            self.person,
            beside(self.on, self.reason),
            rule(),
            self.told,
            self.effects,
            button=N_("Change holder"),
            width=520,
            post=named(post.name_ko, post.name_en),
        )
        if held:
            self.before.say(
                N_("{name} holds it since {day:full}."), name=held.name, day=held.starts_on
            )
        else:
            self.before.say(N_("Nobody holds it now."))
        self.on.field.editingFinished.connect(self.on_asked)
        self.person.field.editingFinished.connect(self.on_asked)
        self.person.field.completer().activated.connect(self.on_asked)
        self.on_asked()

    def on_asked(self, *_ignored) -> None:
        """Ask what the change does."""
        try:
            on = self.on.field.value()
        except UserError:
            return
        if on:
            self.desk.read(
                postlists.effects,
                then=self.on_effects,
                otherwise=self.on_refused,
                post_id=self.id,
                person_id=self.person.value(),
                on=on,
            )

    def on_effects(self, effects) -> None:
        """List the bodies that change, and what stands against it."""
        message = NN_("{n} body changes with it:", "{n} bodies change with it:")
        none = N_("No body changes with it.")
        self.told.say(message if effects else none, n=len(effects))
        layout = self.effects.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        for effect in effects:
            first = " · ".join((named(effect.body_ko, effect.body_en), say(ROLES[effect.role])))
            part = [Label(first, "sec", "text", wrap=True)]
            if effect.trouble:
                part.append(Label(effect.trouble, "cap", "bad", wrap=True))
            layout.addWidget(column(*part, gap=1))
        self.adjustSize()

    def confirm(self) -> None:
        id, on = self.person.value(), self.on.value()
        if id is None:
            message = N_("Choose somebody of the office.")
            self.person.wrong(str(UserError(message)))
            raise UserError(message)
        if on is None:
            raise UserError(N_("The first day is needed."))
        self.desk.do(
            posts.change_holder,
            then=self.on_accepted,
            otherwise=self.on_refused,
            post_id=self.id,
            person_id=id,
            on=on,
            reason=self.reason.value(),
        )


class HoldingDialog(Dialog):
    """Enter somebody who held a post, or correct the days of one."""

    edits = ("post_holding", "id")

    def __init__(self, parent, desk, post, held=None) -> None:
        self.desk, self.post_id, self.id = desk, post.id, held.id if held else None
        self.person = Labelled(N_("Holder"), PersonPicker(desk, N_("Holder")))
        self.person.setVisible(held is None)
        first = held.starts_on if held else None
        last = held.ends_on if held else None
        self.starts_on = Labelled(N_("First day"), DateField(N_("First day"), first, 0))
        self.ends_on = Labelled(N_("Last day"), DateField(N_("Last day"), last, 0))
        self.reason = Labelled(
            N_("Reason of the end"),
            Choice(NO_REASON, N_("Reason of the end"), held.end_reason if held else None),
        )
        self.removing = Button(N_("Remove holder"), "link", "trash-2", slot=self.on_remove)
        self.removing.setVisible(held is not None)
        super().__init__(
            parent,
            N_("{name} as {post}") if held else N_("Add a holder of {post}"),
            self.person,
            beside(self.starts_on, self.ends_on),
            self.reason,
            Label(N_("Seats in bodies follow these days."), "cap", wrap=True),
            button=N_("Save") if held else C_("button", "Add"),
            width=480,
            name=held.name if held else "",
            post=named(post.name_ko, post.name_en),
        )
        self.buttons.layout().insertWidget(0, self.removing)

    def on_remove(self) -> None:
        self.desk.do(
            posts.remove_holding, then=self.on_accepted, otherwise=self.on_refused, id=self.id
        )

    def confirm(self) -> None:
        values = {key: getattr(self, key).value() for key in ("starts_on", "ends_on", "reason")}
        if values["starts_on"] is None:
            raise UserError(N_("The first day is needed."))
        if self.id is not None:
            verb, values["id"] = posts.edit_holding, self.id
        else:
            verb, values["post_id"] = posts.add_holding, self.post_id
            values["person_id"] = self.person.value()
            if values["person_id"] is None:
                raise UserError(N_("Choose somebody of the office."))
        self.desk.do(verb, then=self.on_accepted, otherwise=self.on_refused, **values)


class PostSeatDialog(Dialog):
    """Let whoever holds a post sit in a body, or correct such a seat."""

    edits = ("post_seat", "id")

    def __init__(self, parent, desk, post, seat=None) -> None:
        self.desk, self.post_id, self.id = desk, post.id, seat.id if seat else None
        held = post.holding(clock.today())
        first = seat.starts_on if seat else (held.starts_on if held else clock.today())
        self.body = Labelled(N_("Body"), Choice((), N_("Body")))
        self.body.setVisible(seat is None)
        role = seat.role if seat else Role.MEMBER.value
        self.role = Labelled(C_("in a body", "Role"), Choice(ROLES.items(), N_("Role"), role))
        self.voting = Check(N_("Has a vote"), seat.voting if seat else True)
        self.starts_on = Labelled(N_("First day"), DateField(N_("First day"), first, 0))
        self.ends_on = Labelled(
            N_("Last day"), DateField(N_("Last day"), seat.ends_on if seat else None, 0)
        )
        self.source = Labelled(N_("Source"), Field(), N_("The ordinance and article it stands in."))
        if seat:
            self.source.field.setText(seat.source)
        self.removing = Button(N_("Remove seat"), "link", "trash-2", slot=self.on_remove)
        self.removing.setVisible(seat is not None)
        super().__init__(
            parent,
            N_("Seat of {post} in {body}") if seat else N_("Add a seat of {post}"),
            self.body,
            self.role,
            self.voting,
            beside(self.starts_on, self.ends_on),
            self.source,
            button=N_("Save") if seat else C_("button", "Add"),
            width=480,
            post=named(post.name_ko, post.name_en),
            body=named(seat.body_ko, seat.body_en) if seat else "",
        )
        self.buttons.layout().insertWidget(0, self.removing)
        if seat is None:
            desk.read(queries.bodies, then=self.on_bodies)

    def on_bodies(self, found) -> None:
        """Offer the bodies that are there."""
        there = [body for body in found if body.dissolved_on is None]
        options = [(body.id, named(body.short_ko, body.short_en)) for body in there]
        self.body.field.show_options(options, options[0][0] if options else None)

    def on_remove(self) -> None:
        self.desk.do(
            posts.remove_seat, then=self.on_accepted, otherwise=self.on_refused, id=self.id
        )

    def confirm(self) -> None:
        keys = ("role", "voting", "starts_on", "ends_on", "source")
        values = {key: getattr(self, key).value() for key in keys}
        if values["starts_on"] is None:
            raise UserError(N_("The first day is needed."))
        if self.id is not None:
            verb, values["id"] = posts.edit_seat, self.id
        else:
            verb = posts.add_seat
            values |= {"post_id": self.post_id, "body_id": self.body.value()}
        self.desk.do(verb, then=self.on_accepted, otherwise=self.on_refused, **values)
