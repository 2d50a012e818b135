"""What the screens do with an office file they do with one on the server: the same tests, once more.

A few in every run; `--offices-on postgresql` runs all tests of the window so.
"""

from __future__ import annotations

import pytest

from tests.ui.members.test_roll import (  # noqa: F401
    page,
    shared_page,
    test_a_member_is_added_with_an_organisation_and_the_usual_term,
    test_editing_a_person_and_a_seat,
    test_searching_takes_names_organisations_and_initials,
)
from tests.ui.proposals.test_desk import (  # noqa: F401
    pane,
    test_one_proposal_from_receipt_to_the_reply_that_is_out,
)

pytestmark = pytest.mark.usefixtures("served")


@pytest.fixture
def first_room() -> str:
    """The room most of these tests begin in."""
    return "members"
