"""Draws many values from a strategy, the same ones for the same seed, so that one boot can serve them all."""

from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from differential.definitions import groups
from differential.requests import requests
from differential.rows import all_rows
from differential.settings import Setting
from model.definition import Project, Request, Rows

T = TypeVar("T")


def draw_many(strategy: st.SearchStrategy[T], count: int, start: int) -> list[T]:
    """`count` values."""
    found: list[T] = []

    @seed(start)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found


def draw_group(number: int, setting: Setting, start: int) -> tuple[Project, Rows]:
    """A group of tables and its rows; the first thing hypothesis draws is the dullest, so it is the last of a few."""
    group = draw_many(groups(number, setting), 4, start)[-1]
    return group, draw_many(all_rows(group), 4, start)[-1]


def draw_requests(group: Project, rows: Rows, count: int, start: int) -> list[Request]:
    """Requests to a group, without the dull first one."""
    return draw_many(requests(group, rows), count + 1, start)[1:]
