"""How large and in which formats pictures are shown: one table for templates and for publishing.

`components/picture.html` draws what this table says, and `BasePage.pictures()` asks for the same
renditions, so that they are made when a page is published and never by its first reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PIL import features
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found

WRITES_AVIF = bool(features.check("avif"))
"""Without it pictures are WebP only, which every browser shows; a system check says so."""
FORMATS = ("avif", "webp") if WRITES_AVIF else ("webp",)


@dataclass(frozen=True, slots=True)
class Use:
    """A place where pictures stand: how they are cut, the narrowest first, and how wide it is."""

    cuts: tuple[str, ...]
    sizes: str


USES: Mapping[str, Use] = {
    "lead": Use(("fill-640x360", "fill-1200x675"), "(min-width: 60rem) 42rem, 100vw"),
    "cover": Use(("fill-640x360", "fill-1200x675"), "(min-width: 64rem) 60rem, 100vw"),
    "row": Use(("fill-320x180", "fill-640x360"), "(min-width: 40rem) 11rem, 100vw"),
    "figure": Use(("width-640", "width-1200"), "(min-width: 56rem) 52rem, 100vw"),
    "gallery": Use(
        ("fill-320x240", "fill-640x480"),
        "(min-width: 60rem) 17rem, (min-width: 30rem) 50vw, 100vw",
    ),
    "poster": Use(("fill-640x360",), "30rem"),
}

PLAIN_RENDITION = "fill-1200x675|format-webp"
"""For what stands outside a page: the saved copy and what search engines are told."""
LOGO_RENDITION = "max-400x120|format-webp-lossless"
"""One sharp file: logos are small and drawn, and AVIF would blur their edges."""


def specs(*uses: str) -> list[str]:
    """The renditions that a picture needs in these places, each once."""
    wanted = (f"{cut}|format-{kind}" for use in uses for kind in FORMATS for cut in USES[use].cuts)
    return list(dict.fromkeys(wanted))


def pictures_for(image: Any, *uses: str) -> list[tuple[Any, str]]:
    """An image with each rendition it needs, for `BasePage.pictures()`; none without an image."""
    return [(image, spec) for spec in specs(*uses)] if image else []


def picture(image: Any, use: str, *, alt: str, eager: bool) -> Picture:
    """The `<picture>` of an image in this place. Width and height stand in it: nothing jumps.

    `eager` is for the one picture that leads a page; all others load when they come near.
    """
    found = get_renditions_or_not_found(image, specs(use))
    attributes = {"alt": alt, "sizes": USES[use].sizes}
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy", "decoding": "async"}
    return Picture(_each_width_once(found), attributes)


def _each_width_once(renditions: Mapping[str, Any]) -> dict[str, Any]:
    """A small original is never enlarged: two cuts of it are the same width, and one is enough."""
    seen = set()
    kept = {}
    for spec, rendition in renditions.items():
        width = (spec.rpartition("|")[2], rendition.width)
        if width not in seen:
            seen.add(width)
            kept[spec] = rendition
    return kept


def by_image(wanted: Iterable[tuple[Any, str]]) -> list[tuple[Any, list[str]]]:
    """Each image once with all renditions that are wanted of it."""
    found: dict[int, tuple[Any, list[str]]] = {}
    for image, spec in wanted:
        _image, own = found.setdefault(image.pk, (image, []))
        if spec not in own:
            own.append(spec)
    return list(found.values())
