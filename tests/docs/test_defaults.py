"""Defaults in the tables of options are the defaults of the model: a row with a literal default names what holds it."""

import dataclasses
import json
import re
from collections.abc import Iterator
from enum import Enum

import pytest

from qb_compiler.blocks.actions.model import Action, Unsafe
from qb_compiler.blocks.crud.model import BatchOperation, DeleteOperation
from qb_compiler.blocks.display.model import LayoutSection
from qb_compiler.blocks.reading.model import ListOperation
from qb_compiler.config import model
from qb_mcp.corpus.load import bundled

# The option as tables write it, without the path before it, and the field of the model that it is read into.
HELD: dict[str, tuple[type, str]] = {
    "session.expiresInDays": (model.Session, "expires_in_days"),
    "session.updateAgeInDays": (model.Session, "update_age_in_days"),
    "columns": (LayoutSection, "columns"),
    "collapsed": (LayoutSection, "collapsed"),
    "schemaRegistry.generate": (model.Config, "registry_generate"),
    "template": (model.Config, "template"),
    "compiler.features.auditFields": (model.Config, "audit_fields"),
    "etag.enabled": (model.Config, "etag"),
    "emailAndPassword.enabled": (model.Passwords, "enabled"),
    "emailAndPassword.disableSignUp": (model.Passwords, "disable_sign_up"),
    "emailAndPassword.requireEmailVerification": (model.Passwords, "require_email_verification"),
    "emailAndPassword.autoSignIn": (model.Passwords, "auto_sign_in"),
    "emailAndPassword.minPasswordLength": (model.Passwords, "min_length"),
    "emailAndPassword.maxPasswordLength": (model.Passwords, "max_length"),
    "rateLimit.enabled": (model.RateLimit, "enabled"),
    "rateLimit.window": (model.RateLimit, "window"),
    "rateLimit.max": (model.RateLimit, "max"),
    "teams": (model.Auth, "teams"),
    "expiresInMinutes": (model.Jwt, "minutes"),
    "jwt.expiresInMinutes": (model.Jwt, "minutes"),
    "observability.enabled": (model.Runtime, "observability"),
    "generateId": (model.Database, "generate_id"),
    "namingConvention": (model.Database, "naming_convention"),
    "usePlurals": (model.Database, "use_plurals"),
    "authBinding": (model.Database, "auth_binding"),
    "featuresBinding": (model.Database, "features_binding"),
    "auditBinding": (model.Database, "audit_binding"),
    "failMode": (model.SecurityContracts, "fail_mode"),
    "report.path": (model.SecurityContracts, "report_path"),
    "report.signature.enabled": (model.Signature, "enabled"),
    "report.signature.required": (model.Signature, "required"),
    "report.signature.path": (model.Signature, "path"),
    "description": (Action, "description"),
    "standalone": (Action, "standalone"),
    "method": (Action, "method"),
    "responseType": (Action, "response_type"),
    "allowRawSql": (Action, "allow_raw_sql"),
    "adminOnly": (Unsafe, "admin_only"),
    "crossTenant": (Unsafe, "cross_tenant"),
    "targetScope": (Unsafe, "target_scope"),
    "public.rateLimit": (model.Config, "public_rate_limit"),
    "crud.delete.mode": (DeleteOperation, "mode"),
    "mode": (DeleteOperation, "mode"),
    "maxBatchSize": (BatchOperation, "max_size"),
    "allowAtomic": (BatchOperation, "allow_atomic"),
    "pageSize": (ListOperation, "page_size"),
    "maxPageSize": (ListOperation, "max_page_size"),
    "openapi.generate": (model.Config, "openapi_generate"),
    "openapi.publish": (model.Config, "openapi_publish"),
    "emailConfigured": (model.UpgradeAnonymous, "email_configured"),
    "requireEmailVerification": (model.UpgradeAnonymous, "require_email_verification"),
}
# Defaults that no field of the model holds as they are written: specs of the readers and HTTP tests have these.
ELSEWHERE = {
    ("compiler/config", "features"),
    ("compiler/config/auth", "jwt.revocation"),
    ("compiler/config/providers", "splitDatabases"),
    ("compiler/definitions/soft-delete", "firewall.softDelete.column"),
    ("compiler/definitions/schema", "defaultSort"),
    ("compiler/using-the-api/query-params", "limit"),
    ("compiler/using-the-api/query-params", "offset"),
    ("compiler/using-the-api/query-params", "sort"),
    ("compiler/using-the-api/query-params", "order"),
    ("compiler/using-the-api/query-params", "count"),
}
LITERAL = re.compile(r"`([^`]+)`|(\d+)")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def rows() -> Iterator[tuple[str, str, str]]:
    """(topic, option, default) of every table with a column of defaults, as far as the default is a literal."""
    for topic, body in bundled().bodies.items():
        place: int | None = None
        for line in body.splitlines():
            if not line.startswith("|"):
                place = None
            elif place is None:
                place = cells(line).index("Default") if "Default" in cells(line) else -1
            elif place > 0 and (found := LITERAL.match(cells(line)[place])):
                yield topic, cells(line)[0].strip("`"), found[1] or found[2]


def default(owner: type, name: str) -> str:
    """The default of a field as a page writes it."""
    field = next(field for field in dataclasses.fields(owner) if field.name == name)
    value = field.default.value if isinstance(field.default, Enum) else field.default
    return json.dumps(value)


ROWS = [row for row in rows() if row[:2] not in ELSEWHERE]


def test_there_are_defaults_to_compare() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize(("topic", "option", "shown"), ROWS)
def test_a_default_is_that_of_the_model(topic: str, option: str, shown: str) -> None:
    assert option in HELD, "say in HELD which field of the model holds it"
    assert shown.strip('"') == default(*HELD[option]).strip('"')
