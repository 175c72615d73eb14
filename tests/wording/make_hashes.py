"""Make the file of hashes of the sources' ten-word runs: `make_hashes.py FOLDER_OF_TEXTS`.

The sources themselves are not ours to publish, so only hashes of their runs are kept. Run this again
when a source is added, with a folder that holds every source as a `.txt` or `.md` file:

    python tests/wording/make_hashes.py ../shared/sources

It writes `runs.txt` beside itself: one hash a line, sorted, so that a new source shows as new lines.
`tests/test_wording.py` loads the functions here, so both sides read words in the same way.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

RUN: Final = 10
"""How many words in a row count as taken over."""

RUNS_FILE: Final = Path(__file__).with_name("runs.txt")

_ADDRESS = re.compile(r"https?://\S+")
_LIST_MARK = re.compile(r"^[\s>]*\d+\.(?=\s)", re.MULTILINE)
_WITHIN_A_WORD = re.compile(r"['’‘`´\u00ad]|(?<=\d)[,.](?=\d)")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Give a text's words: small letters, without punctuation; a hyphen parts two words.

    Web addresses and the numbers of a list's items are no words.
    """
    text = _LIST_MARK.sub(" ", _ADDRESS.sub(" ", text)).replace("&", " and ").casefold()
    return _WORD.findall(_WITHIN_A_WORD.sub("", text))


def runs_of(words: Sequence[str]) -> Iterator[str]:
    """Give each run of ten words, in order; none where there are fewer."""
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def hash_of(run: str) -> str:
    """Give a run's hash: 12 hex digits, too few to give the words back."""
    return blake2b(run.encode(), digest_size=6).hexdigest()


def hashes_of(texts: Iterable[str]) -> list[str]:
    """Give the hashes of all the runs of some texts, sorted, each once."""
    return sorted({hash_of(run) for text in texts for run in runs_of(words_of(text))})


def main(argv: Sequence[str]) -> int:
    """Write the hashes of a folder's texts. Returns 1 when there is nothing to read."""
    files = [
        path
        for folder in argv
        for path in sorted(Path(folder).rglob("*"))
        if path.suffix in (".txt", ".md")
    ]
    if not files:
        print("Name a folder that holds .txt or .md files. Example: make_hashes.py ../sources")
        return 1
    hashes = hashes_of(path.read_text(encoding="utf-8") for path in files)
    RUNS_FILE.write_text("".join(f"{each}\n" for each in hashes), encoding="utf-8", newline="\n")
    print(f"{len(hashes):,} runs of {len(files)} files are in {RUNS_FILE}. Now run the tests.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
