"""Reading a picture back, as a program does that knows nothing of how it was made."""

from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


class Box(NamedTuple):
    """What a text takes: left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Item:
    """A milestone in the picture: its name, how many marks it has, and its texts."""

    name: str
    marks: int
    texts: tuple[ET.Element, ...]

    @property
    def box(self) -> Box:
        """What its label takes; the lines of one are one box."""
        return around([box_of(each) for each in self.texts])


def root_of(svg: str) -> ET.Element:
    """The picture's tree: it is well-formed XML, or this fails."""
    return ET.fromstring(svg)  # noqa: S314 -- our own picture


def items(root: ET.Element) -> list[Item]:
    """The items of its list, in their order."""
    (listed,) = (each for each in root.iter(f"{SVG}g") if each.get("role") == "list")
    return [_item(each) for each in listed if each.get("role") == "listitem"]


def _item(element: ET.Element) -> Item:
    shapes = [each for each in element.iter() if each.tag in (f"{SVG}polygon", f"{SVG}circle")]
    title = element.find(f".//{SVG}title")
    assert title is not None
    return Item(name=title.text or "", marks=len(shapes), texts=tuple(element.iter(f"{SVG}text")))


def box_of(text: ET.Element) -> Box:
    """The box of a text that has a length."""
    x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
    return Box(x, y - 0.78 * size, x + float(text.attrib["textLength"]), y + 0.22 * size)


def around(boxes: list[Box]) -> Box:
    """The box around boxes."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def view(root: ET.Element) -> Box:
    """The picture's own edges."""
    x, y, width, height = (float(part) for part in root.attrib["viewBox"].split())
    return Box(x, y, x + width, y + height)


def polylines(root: ET.Element) -> list[list[tuple[float, float]]]:
    """The lines from the ring to the marks, and from the marks to the labels."""
    return [
        [(float(x), float(y)) for x, y in (place.split(",") for place in line.attrib["points"].split())]
        for line in root.iter(f"{SVG}polyline")
        if line.get("stroke-width") == "1.2"
    ]
