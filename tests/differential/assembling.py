"""Brings the cast into a booted project, over HTTP as clients do; only platform admins are made in the database."""

import httpx

from differential.people import CAST, NOBODY, TEAMS
from lanes.identities import Person, accept, create_organization, set_active, sign_up, visitor
from lanes.lane import Lane

FOUNDERS = {"A": "ann", "B": "bob"}


def assemble(lane: Lane, *, organizations: bool, teams: bool) -> tuple[dict[str, httpx.Client], dict[str, str]]:
    """The clients of everybody, and the ids behind the symbols."""
    found = {name: sign_up(lane.url, name=name) for name in CAST}
    symbols = {f"@{name}": person.user_id for name, person in found.items()}
    for name, person in found.items():
        lane.sql("AUTH_DB", "update user set role = ? where id = ?", CAST[name].user_role, person.user_id)
    if organizations:
        _join(found, symbols)
    if teams:
        _team_up(found, symbols)
    for name, member in CAST.items():
        if organizations and member.left:
            _post(found["ann"], "remove-member", memberIdOrEmail=found[name].email, organizationId=symbols["@A"])
    return {name: person.client for name, person in found.items()} | {NOBODY: visitor(lane.url)}, symbols


def _join(found: dict[str, Person], symbols: dict[str, str]) -> None:
    for org, founder in FOUNDERS.items():
        symbols[f"@{org}"] = create_organization(found[founder], org)
    for name, member in CAST.items():
        for org, roles in member.memberships.items():
            if FOUNDERS[org] != name:
                accept(found[name], _invite(found[FOUNDERS[org]], found[name].email, roles))
        set_active(found[name], symbols[f"@{member.active}"] if member.active else None)


def _team_up(found: dict[str, Person], symbols: dict[str, str]) -> None:
    for team, org in TEAMS.items():
        answer = _post(found[FOUNDERS[org]], "create-team", name=team, organizationId=symbols[f"@{org}"])
        symbols[f"@{team}"] = str(answer["id"])
    for name, member in CAST.items():
        if not member.team:
            continue
        founder, team = found[FOUNDERS[TEAMS[member.team]]], symbols[f"@{member.team}"]
        _post(founder, "add-team-member", teamId=team, userId=found[name].user_id)
        _post(found[name], "set-active-team", teamId=team)
        if member.out:
            _post(founder, "remove-team-member", teamId=team, userId=found[name].user_id)


def _invite(inviter: Person, email: str, roles: tuple[str, ...]) -> str:
    role = list(roles) if len(roles) > 1 else roles[0]
    return str(_post(inviter, "invite-member", email=email, role=role, organizationId=inviter.organization)["id"])


def _post(person: Person, path: str, **body: object) -> dict[str, object]:
    answer = person.client.post(f"/auth/v1/organization/{path}", json=body)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
    found = answer.json()
    return found if isinstance(found, dict) else {}
