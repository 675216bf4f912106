"""What --profile, --drop, --select, --keep and --ignore did, each in a line with its number of rules."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.config.settings import Config

__all__ = ["choice_lines"]


def choice_lines(config: Config) -> Iterator[str]:
    """How the rules that run were chosen, step by step; nothing when the profile alone chose them.

    >>> from cleaner.config.settings import Config
    >>> list(choice_lines(Config(isolated=True)))
    []
    """
    spec, rules = config.spec, config.rules()
    steps = {key: tuple(getattr(spec, key)) for key in ("drop", "select", "keep", "ignore")}
    if not any(steps.values()):
        return
    chosen: dict[str, tuple[str, ...]] = {}
    count = len(rules.select(spec.profile, preview=spec.preview))
    yield f"the profile {spec.profile} runs {count} rules"
    for key, names in steps.items():
        if not names:
            continue
        chosen[key] = names
        before, count = count, len(rules.select(spec.profile, preview=spec.preview, **chosen))
        yield f"--{key} {', '.join(names)} {_EFFECTS[key].format(abs(count - before), count)}"


_EFFECTS = {
    "drop": "adds {0}: {1} run",
    "select": "leaves out all others, {0}: {1} run",
    "keep": "takes {0} away, so their scraps stay in the text: {1} run",
    "ignore": "takes {0} away: {1} run",
}
