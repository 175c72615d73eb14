"""Where a link leads: as `urllib.parse.urljoin` says."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltp.site.addresses import joined, relative

ADDRESSES = ("/", "/blmk/", "/blmk/2024-25/crisis/", "/404.html", "/help/services.csv")
FOLDERS = st.lists(st.sampled_from(["blmk", "2024-25", "help"]), max_size=3).map(
    lambda parts: "/".join(["", *parts, ""])
)
PIECES = (
    "../",
    "./",
    "..",
    "crisis/",
    "a.b/",
    "/",
    "page.pdf",
    "#top",
    "#",
    "?q=1",
    "%20",
    "mailto:",
    "é",
)


@pytest.mark.parametrize("host", ["", "https://plans.example.test"])
@given(FOLDERS, st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_it_is_as_urljoin_says(host: str, here: str, path: str) -> None:
    assert joined(host + here, path) == urljoin(host + here, path)


@pytest.mark.parametrize("here", ADDRESSES)
@pytest.mark.parametrize("there", ADDRESSES)
def test_it_turns_a_relative_path_back(here: str, there: str) -> None:
    assert joined(here, relative(here, there)) == there
