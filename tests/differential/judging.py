"""Boots drawn groups together and judges every answer; a group that cannot be judged is told apart and left out."""

import itertools
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from differential.draw import draw_group, draw_requests
from differential.people import WHO
from differential.running import Mismatch, Running, running
from differential.settings import Setting
from lanes.lane import Lane, NodeLane
from model.definition import Project, Request, Rows


@dataclass(frozen=True)
class Drawn:
    """A group, its rows and the requests to it, in symbols."""

    group: Project
    rows: Rows
    requests: Sequence[Request]


@dataclass
class Judged:
    """What a boot found. `left_out` says of each group that could not be judged why."""

    groups: int = 0
    requests: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def draw(number: int, setting: Setting, requests: int, seed: int, callers: int = 1) -> Drawn:
    """A group with its rows; each drawn request is made by as many callers, who take turns."""
    group, rows = draw_group(number, setting, seed)
    drawn = draw_requests(group, rows, requests, seed)
    others = itertools.cycle(WHO)
    asked = [replace(one, identity=next(others) if turn else one.identity) for one in drawn for turn in range(callers)]
    return Drawn(group, rows, asked)


def judged(drawn: Sequence[Drawn], kind: type[Lane] = NodeLane) -> Judged:
    """Judges all groups in one boot; when that fails, those that boot alone."""
    found = Judged()
    if not (why := _boot(drawn, kind, found)):
        return found
    alone = [(one, _boot([replace(one, requests=())], kind, Judged())) for one in drawn]
    found.left_out += [refusal for _, refusal in alone if refusal]
    fitting = [one for one, refusal in alone if not refusal]
    if len(fitting) == len(drawn) or (fitting and _boot(fitting, kind, found)):
        found.left_out.append(f"groups that fail only together: {why}")
    return found


def _boot(drawn: Sequence[Drawn], kind: type[Lane], found: Judged) -> str:
    """Boots and judges these groups; the answer is why they do not boot, or nothing."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            app = stack.enter_context(running(folder, [one.group for one in drawn], kind))
        except AssertionError as error:
            return str(error)
        for one in drawn:
            _judge(app, one, found)
    return ""


def _judge(app: Running, drawn: Drawn, found: Judged) -> None:
    rows = app.load(drawn.group, drawn.rows)
    found.groups += 1
    for request in drawn.requests:
        found.requests += 1
        if mismatch := app.judge(drawn.group, rows, request):
            found.mismatches.append(replace(mismatch, rows=drawn.rows))
