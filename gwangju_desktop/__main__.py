"""Start: a child's task, a command, or the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Carry out what the command line says and return the exit code."""
    if len(sys.argv) > 1 and sys.argv[1] == "--child":
        from gwangju_desktop import child

        return child.main(sys.argv[2:])
    from gwangju_desktop import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
