"""The guides for coordinators: their pictures are those that the story by clicking takes, and no more."""

import re
from pathlib import Path

import pytest

from tests.browser.visitor import GUIDE

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = ("guide-for-coordinators.md", "vejledning-for-koordinatorer.md")
_PICTURE = re.compile(r'<img src="([^"]+)" alt="[^"]+" width="[0-9]+" align="right">')
_PNG = b"\x89PNG\r\n\x1a\n"
MOST, MOST_IN_ALL, WIDEST = 120_000, 700_000, 1000


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_shows_every_picture_of_the_story_once(name: str) -> None:
    shown = _PICTURE.findall((DOCS / name).read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(f"pictures/{each}.png" for each in GUIDE)


def test_the_pictures_are_there_and_light() -> None:
    files = {each.name: each.read_bytes() for each in (DOCS / "pictures").iterdir()}
    assert sorted(files) == sorted(f"{each}.png" for each in GUIDE)
    for name, content in files.items():
        assert content.startswith(_PNG), name
        assert int.from_bytes(content[16:20], "big") <= WIDEST, name
        assert len(content) < MOST, name
    assert sum(map(len, files.values())) < MOST_IN_ALL


@pytest.mark.parametrize("name", GUIDES)
def test_the_guides_are_found(name: str) -> None:
    assert f"]({name})" in (DOCS / "for-coordinators.md").read_text(encoding="utf-8")
