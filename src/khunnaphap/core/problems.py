"""What goes wrong: a ``Problem`` in what a person handed in, a ``Refusal`` where the rules forbid."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """One fault (or warning) in a hand-in, addressed so that its author finds and mends it.

    ``code`` is a stable word for programs ("level-unknown"); ``message`` says in Thai what was read, ``mend``
    what to write instead; ``file``, ``sheet`` and ``cell`` ("D12") name the place, empty where it has none.
    """

    code: str
    message: str
    mend: str
    file: str = ""
    sheet: str = ""
    cell: str = ""

    def at(self, *, file: str = "", sheet: str = "", cell: str = "") -> Problem:
        """The same problem with its place filled in where it was empty."""
        return replace(self, file=self.file or file, sheet=self.sheet or sheet, cell=self.cell or cell)

    def as_dict(self) -> dict[str, str]:
        """The shape that ``--json`` promises: file, sheet, cell, code, message, mend."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "code": self.code,
            "message": self.message,
            "mend": self.mend,
        }


class Refusal(Exception):  # noqa: N818 - the house's word: the rules forbid it, nothing broke
    """The rules forbid this act; carries the one ``Problem`` that says why and what to do instead."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, mend)


class Unreadable(ValueError):  # noqa: N818 - as above: a person wrote it, nothing broke
    """A text is no value of its kind; ``problem`` says what was read and how to write it."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, mend)
