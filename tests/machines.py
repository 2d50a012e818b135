"""How long state machines are tried: a little and always the same by default, long and anew beside.

The default run must say the same of the same code, in about the same time: a failure found by
chance is for the run beside it (`faults`), where there is time to make it smaller.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings


def some(examples: int, steps: int) -> settings:
    """Return the tries of a default run: the same each time, a failure told as it was found."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


def many(examples: int, steps: int) -> settings:
    """Return tries by chance; a failure is printed as the steps that lead there again."""
    return settings(
        some(examples, steps),
        derandomize=False,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        print_blob=True,
    )
