"""Keeps what is chosen on a page in its address, so that the address can be shared.

The address leads: where it has changed by a link, by going back or by being opened anew, the
widget follows; otherwise the widget has been touched and the address follows. Each language has
widgets of its own: one that stays would go on showing the words it was chosen by.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def choose(
    name: str,
    label: str,
    options: Sequence[T],
    *,
    show: Callable[[T], str] = str,
    code: Callable[[T], str] = str,
    default: int = 0,
    help_text: str | None = None,
) -> T:
    """Lets one of several options be chosen.

    Args:
        name: What the choice is called in the address.
        label: What it is called on the page.
        options: At least one.
        show: Gives what stands for an option on the page.
        code: Gives what stands for it in the address.
        default: Place of the option that is chosen if the address says nothing.
        help_text: What to say about it.
    """
    by_code = {code(option): option for option in options}
    usual = code(options[default])
    key = _followed(name, lambda stated: stated[0] if stated else usual)
    if st.session_state[key] not in by_code:
        st.session_state[key] = usual
    chosen = st.selectbox(
        label,
        list(by_code),
        format_func=lambda one: show(by_code[one]),
        key=key,
        help=help_text,
    )
    _write(name, [] if chosen == usual else [chosen])
    return by_code[chosen]


def choose_any(
    name: str,
    label: str,
    options: Sequence[T],
    *,
    show: Callable[[T], str] = str,
    code: Callable[[T], str] = str,
    placeholder: str | None = None,
) -> list[T]:
    """Lets any number of options be chosen, none by default; see ``choose``."""
    by_code = {code(option): option for option in options}
    key = _followed(name, list)
    st.session_state[key] = [one for one in st.session_state[key] if one in by_code]
    chosen = st.multiselect(
        label,
        list(by_code),
        format_func=lambda one: show(by_code[one]),
        key=key,
        placeholder=placeholder,
        select_all=False,
    )
    _write(name, chosen)
    return [by_code[one] for one in chosen]


def write(name: str, label: str, *, placeholder: str | None = None) -> str:
    """Lets a line of text be written, empty by default."""
    key = _followed(name, lambda stated: stated[0] if stated else "")
    text = st.text_input(label, key=key, placeholder=placeholder).strip()
    _write(name, [text] if text else [])
    return text


def stated(name: str) -> str | None:
    """Returns what the address says, for what is chosen by links alone."""
    return st.query_params.get(name)


def _followed(name: str, parse: Callable[[list[str]], T]) -> str:
    """Sets the widget's state by the address, where that has changed, and returns its key."""
    key = _key(name)
    in_address = st.query_params.get_all(name)
    if key not in st.session_state or st.session_state.get(f"{key}/seen") != in_address:
        st.session_state[key] = parse(in_address)
        st.session_state[f"{key}/seen"] = in_address
    return key


def _write(name: str, values: list[str]) -> None:
    if st.query_params.get_all(name) != values:
        if values:
            st.query_params[name] = values
        else:
            del st.query_params[name]
    st.session_state[f"{_key(name)}/seen"] = values


def _key(name: str) -> str:
    return f"choice/{st.session_state['language']}/{name}"
