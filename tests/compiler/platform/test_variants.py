"""Every supported kind of project type-checks, boots and signs people in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx

from compiler.api.model import column, project, resource, rule, table
from compiler.platform.projects import recruiting, write
from lanes import identities
from lanes.build import tsc
from lanes.lane import NodeLane
from qb_compiler.blocks.firewall.model import Firewall, OwnerScope
from qb_compiler.blocks.reading.model import ListOperation, Reading
from qb_compiler.config.model import Auth, Config, Database, NamingConvention, Passwords
from qb_compiler.config.plugins import BUILT_PLUGINS
from qb_compiler.model.project import Project
from qb_compiler.targets.auth.plugins import chosen_plugins

Call = Callable[[httpx.Client], httpx.Response]
EXERCISES: dict[str, tuple[int, Call]] = {
    "admin": (403, lambda client: client.get("/auth/v1/admin/list-users")),
    "anonymous": (200, lambda client: identities.visitor(str(client.base_url)).post(ANONYMOUS, json={})),
    "apiKey": (200, lambda client: client.post("/auth/v1/api-key/create", json={"name": "ci"})),
    "deviceAuthorization": (200, lambda client: client.post("/auth/v1/device/code", json={"client_id": "cli"})),
    "emailOtp": (503, lambda client: client.post("/auth/v1/email-otp/send-verification-otp", json=CODE)),
    "magicLink": (503, lambda client: client.post("/auth/v1/magic-link/send", json={"email": "ada@example.com"})),
    "passkey": (503, lambda client: client.post("/auth/v1/passkey/register/options")),
    "twoFactor": (200, lambda client: client.post(ENABLE, json={"password": identities.PASSWORD})),
    "upgradeAnonymous": (200, lambda client: client.post("/auth/v1/upgrade-anonymous", json={})),
    "username": (200, lambda client: client.post("/auth/v1/is-username-available", json={"username": "ada_l"})),
}
ANONYMOUS = "/auth/v1/sign-in/anonymous"
CODE = {"email": "ada@example.com", "type": "sign-in"}
ENABLE = "/auth/v1/two-factor/enable"


def with_config(change: Callable[[Config], Config]) -> Project:
    sample = recruiting()
    return replace(sample, config=change(sample.config))


def test_every_plugin_has_its_tables_and_answers(tmp_path: Path) -> None:
    chosen = with_config(lambda config: replace(config, auth=Auth(plugins=chosen_plugins())))
    assert write(tmp_path, chosen) == ()
    tsc(tmp_path)
    with NodeLane.of(tmp_path) as lane:
        person = identities.owner(lane.url)
        answers = {name: call(person.client).status_code for name, (_, call) in EXERCISES.items()}
        assert "schema mismatch" not in lane.log
    assert answers == {name: status for name, (status, _) in EXERCISES.items()}
    assert tuple(answers) == chosen_plugins()


def test_the_compiler_calls_those_plugins_built_that_it_generates() -> None:
    assert {*chosen_plugins(), "bearer", "jwt", "organization"} == BUILT_PLUGINS


def test_plural_tables_and_camel_case_columns_work(tmp_path: Path) -> None:
    database = Database(naming_convention=NamingConvention.CAMEL, use_plurals=True)
    assert write(tmp_path, with_config(lambda config: replace(config, database=database))) == ()
    tsc(tmp_path)
    with NodeLane.of(tmp_path) as lane:
        person = identities.owner(lane.url)
        assert lane.sql("AUTH_DB", "SELECT emailVerified FROM users") == [{"emailVerified": 0}]
        assert person.client.get("/api/v1/candidates").status_code == 200


def test_registering_may_leave_signing_in_to_another_step(tmp_path: Path) -> None:
    auth = Auth(passwords=Passwords(auto_sign_in=False, max_length=20))
    assert write(tmp_path, with_config(lambda config: replace(config, auth=auth))) == ()
    tsc(tmp_path)
    with NodeLane.of(tmp_path) as lane:
        client = identities.visitor(lane.url)
        body = {"email": "ada@example.com", "name": "Ada"}
        answers = [client.post("/auth/v1/sign-up/email", json={**body, "password": "x" * size}) for size in (21, 20)]
        assert [answer.status_code for answer in answers] == [400, 200]
        assert answers[1].json()["token"] is None and client.get("/auth/v1/get-session").json() is None


def test_teams_bring_their_tables_and_routes(tmp_path: Path) -> None:
    assert write(tmp_path, with_config(lambda config: replace(config, auth=Auth(teams=True)))) == ()
    tsc(tmp_path)
    with NodeLane.of(tmp_path) as lane:
        person = identities.owner(lane.url)
        made = person.client.post("/auth/v1/organization/create-team", json={"name": "Red"})
        assert made.status_code == 200, made.text
        active = person.client.post("/auth/v1/organization/set-active-team", json={"teamId": made.json()["id"]})
        assert active.status_code in {200, 403}, active.text


def test_a_project_without_organizations_has_none(tmp_path: Path) -> None:
    notes = table("notes", column("ownerId", not_null=True), column("text"))
    at = notes.span
    firewall = Firewall(at, owner=OwnerScope("ownerId", "userId", at), soft_delete="deletedAt")
    reading = Reading(list=ListOperation(rule(authenticated=True), at))
    single = project({"notes": (resource("notes", notes, firewall=firewall, reading=reading),)})
    single = replace(single, config=replace(single.config, organizations=False))
    assert write(tmp_path, single) == ()
    tsc(tmp_path)
    with NodeLane.of(tmp_path) as lane:
        person = identities.sign_up(lane.url)
        assert person.client.get("/api/v1/notes").status_code == 200
        assert person.client.post("/auth/v1/organization/create", json={}).status_code == 404
        names = {row["name"] for row in lane.sql("AUTH_DB", "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names >= {"user", "session", "account"} and "organization" not in names
