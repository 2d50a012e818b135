"""The first tables: made from the models themselves until the first release froze them."""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Do nothing: an office of this revision is made whole by db.migrate.create."""
