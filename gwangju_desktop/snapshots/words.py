"""What the codes of copies are called."""

from __future__ import annotations

from db.vocab import DeliveryChannel, Profile
from gwangju_desktop.text import C_, Msg

PROFILES: dict[str, Msg] = {
    Profile.MONITOR: C_("profile of a copy", "For monitors"),
    Profile.PUBLIC: C_("profile of a copy", "For the public"),
}
CHANNELS: dict[str, Msg] = {
    DeliveryChannel.STICK: C_("handing over", "USB stick"),
    DeliveryChannel.MAIL: C_("handing over", "Mail"),
    DeliveryChannel.DOCUMENT: C_("handing over", "Official document system"),
    DeliveryChannel.MESSENGER: C_("handing over", "Messenger"),
    DeliveryChannel.WEB: C_("handing over", "Web page"),
    DeliveryChannel.OTHER: C_("handing over", "Other"),
}
