"""What pages are made of: a tree of elements whose texts can never become markup.

The tree goes to the browser as data, and ``data/markup.js`` builds the elements one by one.
A text is set as text, so whatever an agency calls itself and whatever a report says is
shown letter by letter; there is no string of HTML anywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_SHOWN, _LANGUAGE = "shown", "shown/language"


@dataclass(frozen=True, slots=True)
class Node:
    """An element.

    Attributes:
        tag: Its name.
        attributes: Its attributes.
        children: Texts and elements in it.
    """

    tag: str
    attributes: dict[str, str]
    children: tuple["Child", ...]

    def data(self) -> list[Any]:
        """Returns the tree as JSON values."""
        return [self.tag, self.attributes, *map(_data, self.children)]


Child = Node | str
Content = Child | Iterable["Content"] | None


def el(tag: str, *content: Content, **attributes: str | int | None) -> Node:
    """Returns an element.

    Args:
        tag: Its name.
        content: Texts and elements; lists are opened, None is left out.
        attributes: Attributes; ``class_`` stands for ``class``, underscores for hyphens,
            and None for no attribute.
    """
    named = {
        name.rstrip("_").replace("_", "-"): str(value)
        for name, value in attributes.items()
        if value is not None
    }
    return Node(tag, named, tuple(_flat(content)))


def link(text: Content, address: str, **attributes: str | int | None) -> Node:
    """Returns a link to a page of the explorer."""
    return el("a", text, href=address, **attributes)


def begin(language: str) -> None:
    """Begins a page in a language: what is shown on it is numbered from one again."""
    st.session_state[_SHOWN] = 0
    st.session_state[_LANGUAGE] = language


def show(*content: Content) -> None:
    """Puts elements onto the page."""
    tree = el("div", *content, class_="gk", lang=st.session_state[_LANGUAGE]).data()
    st.session_state[_SHOWN] += 1
    _component()(data=tree, key=f"{_SHOWN}/{st.session_state[_SHOWN]}")


@cache
def stylesheet() -> str:
    """Returns the style of everything shown."""
    return _file("markup.css")


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "gongkai_markup", html="<div id='root'></div>", css=stylesheet(), js=_file("markup.js")
    )


@cache
def _file(name: str) -> str:
    return (files("pipeline.explorer") / "data" / name).read_text("utf-8")


def _flat(content: Iterable[Content]) -> Iterator[Child]:
    for one in content:
        if one is None:
            continue
        if isinstance(one, str | Node):
            yield one
        else:
            yield from _flat(one)


def _data(child: Child) -> Any:
    return child if isinstance(child, str) else child.data()
