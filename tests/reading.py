"""Reading answers as a person sees them."""

from typing import Any

from bs4 import BeautifulSoup, Tag


def page_of(response: Any, status: int | None = 200) -> BeautifulSoup:
    """The page of an answer, parsed, without the `<template>`s that a browser does not show.

    The answer has this status; with None any will do.
    """
    assert status in {None, response.status_code}, response.status_code
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.find_all("template"):
        hidden.decompose()
    return page


def words(node: Tag) -> str:
    """The text of a part of a page with single spaces between its words."""
    return " ".join(node.get_text(" ", strip=True).split())
