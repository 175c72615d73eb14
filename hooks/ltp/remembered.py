"""Answers that are asked for again and again, looked up sooner than a function is called."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

_MOST: Final = 50_000
"""How many are kept, before all are forgotten."""


class Remembered(dict[Asked, Answer]):
    """What a function makes of each value, made when it is first asked for."""

    def __init__(self, make: Callable[[Asked], Answer]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, asked: Asked) -> Answer:
        if len(self) >= _MOST:
            self.clear()
        self[asked] = made = self._make(asked)
        return made


def remembered(method: Callable[[Any, Asked], Answer]) -> Callable[[Any, Asked], Answer]:
    """Have a method of one argument worked out once for each, by each object that has it."""
    name = f"_remembered_{method.__name__}"

    @functools.wraps(method)
    def asked(self: Any, what: Asked) -> Answer:
        known: dict[Asked, Answer] = vars(self).setdefault(name, {})
        if what not in known:
            known[what] = method(self, what)
        return known[what]

    return asked
