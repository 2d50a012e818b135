"""The strip of long work: the oldest that runs keeps its Stop button."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtWidgets import QWidget

from ui.widgets.notices import WORK_AFTER_MS, WorkStrip


def job(title: str) -> SimpleNamespace:
    """Return what the strip sees of a Work."""
    made = SimpleNamespace(title=title, done=0, of=0, message="", over=False, stopped=False)
    made.cancel = lambda: setattr(made, "stopped", True)
    made.cancelled = lambda: made.stopped
    return made


def test_the_oldest_work_is_shown_until_it_is_over(qtbot, dressed) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    strip = WorkStrip(window)
    printing, binding = job("printing"), job("binding")
    strip.follow(printing)
    for _n in range(WORK_AFTER_MS // strip.clock.interval()):
        strip.on_tick()
    strip.follow(binding)
    strip.on_tick()
    assert strip.title.text() == "printing"
    assert strip.isVisible()
    strip.on_stop()
    assert (printing.stopped, binding.stopped) == (True, False)
    assert not strip.stop.isEnabled()
    printing.over = True
    strip.on_tick()
    assert strip.title.text() == "binding"
    assert strip.stop.isEnabled()
    assert strip.isHidden()  # too short until now to be told of
    binding.over = True
    strip.on_tick()
    assert strip.isHidden() and not strip.clock.isActive()
