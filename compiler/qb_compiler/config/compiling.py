"""Reads `compiler`: audit fields, rename hints and security contracts, strictly."""

import posixpath
import re
from collections.abc import Iterator

from qb_compiler.config.model import FailMode, Renames, SecurityContracts, Signature
from qb_compiler.config.problems import BadReportPath, BadSigning, RenameConflict, SigningKeyInConfig
from qb_compiler.config.reader import environment_variable
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import Entry, StringValue
from qb_compiler.model.record import record
from qb_compiler.span import Span

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
ENABLE = "set `enabled: true`, or `required: false`"
NAME_ONE = 'write `keyEnv: "QUICKBACK_SECURITY_REPORT_SIGNING_KEY"`, and set that variable where you compile'


@record
class Compiling:
    audit_fields: bool
    renames: Renames
    security_contracts: SecurityContracts


def read_compiling(fields: Fields | None, reader: Reader) -> Compiling:
    if fields is None:
        return Compiling(True, Renames(), SecurityContracts())
    features = fields.fields("features")
    migrations = fields.fields("migrations")
    contracts = fields.fields("securityContracts")
    compiling = Compiling(
        audit_fields=features.boolean("auditFields", True) if features else True,
        renames=_migrations(migrations, reader) if migrations else Renames(),
        security_contracts=_contracts(contracts, reader) if contracts else SecurityContracts(),
    )
    if features:
        features.finish()
    fields.finish()
    return compiling


def _migrations(fields: Fields, reader: Reader) -> Renames:
    renames = fields.fields("renames")
    fields.finish()
    if renames is None:
        return Renames()
    tables = renames.value("tables")
    columns = renames.value("columns")
    renames.finish()
    table_entries = reader.entries(tables, renames.name("tables")) if tables else ()
    column_entries = reader.entries(columns, renames.name("columns")) if columns else ()
    return Renames(
        tables=tuple(_pairs(table_entries or (), renames.name("tables"), reader)),
        columns=tuple(_column_renames(column_entries or (), renames.name("columns"), reader)),
    )


def _pairs(entries: tuple[Entry, ...], owner: str, reader: Reader) -> Iterator[tuple[str, str]]:
    """(new, old) names; each old name once, and none that is new as well."""
    new_names = {entry.key for entry in entries}
    seen: set[str] = set()
    for entry in entries:
        old = reader.string(entry.value, f"{owner}.{entry.key}")
        if old is None:
            continue
        if old in seen:
            reader.problems.report(RenameConflict(entry.value.span, f"`{old}` is renamed twice"))
        if old in new_names:
            reader.problems.report(RenameConflict(entry.value.span, f"`{old}` is an old and a new name"))
        seen.add(old)
        yield entry.key, old


def _column_renames(entries: tuple[Entry, ...], owner: str, reader: Reader) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        columns = reader.entries(entry.value, f"{owner}.{entry.key}") or ()
        for new, old in _pairs(columns, f"{owner}.{entry.key}", reader):
            yield entry.key, new, old


def _contracts(fields: Fields, reader: Reader) -> SecurityContracts:
    defaults = SecurityContracts()
    fail_mode = fields.choice("failMode", FailMode.ERROR)
    report = fields.fields("report")
    fields.finish()
    if report is None:
        return SecurityContracts(fail_mode)
    path = _path(report, defaults.report_path, reader)
    signature = report.fields("signature")
    report.finish()
    signed = _signature(signature, reader) if signature else Signature()
    if posixpath.normpath(path) == posixpath.normpath(signed.path):
        reader.problems.report(BadReportPath(report.span, path, "the signature goes to the same file"))
    return SecurityContracts(fail_mode, path, signed)


def _path(fields: Fields, default: str, reader: Reader) -> str:
    path = fields.string("path")
    if path is None:
        return default
    value = fields.object.get("path")
    why = _unusable(path)
    if why and value:
        reader.problems.report(BadReportPath(value.span, path, why))
    return posixpath.normpath(path)


def _unusable(path: str) -> str | None:
    normal = posixpath.normpath(path)
    if path.startswith(("/", "~")) or normal.startswith("..") or "\\" in path or ":" in path:
        return "it must lie inside the project, written with forward slashes"
    if not path.endswith(".json"):
        return "it must end in `.json`"
    first = normal.split("/")[0]
    if first in {"quickback", "src", "scripts", "node_modules"} or first.startswith(".") or "/" not in normal:
        return "it must lie in a folder of its own, such as `reports`"
    return None


def _signature(fields: Fields, reader: Reader) -> Signature:
    defaults = Signature()
    signature = Signature(
        enabled=fields.boolean("enabled", True),
        required=fields.boolean("required", False),
        key=_key(fields, reader),
        key_env=fields.string("keyEnv"),
        key_id=fields.string("keyId"),
        path=_path(fields, defaults.path, reader),
    )
    _check_signing(signature, fields, reader)
    fields.finish()
    return signature


def _check_signing(signature: Signature, fields: Fields, reader: Reader) -> None:
    """A signature that is demanded can be made, and a variable can be set."""
    required, variable, key = (fields.object.get(name) for name in ("required", "keyEnv", "key"))
    if signature.required and not signature.enabled and required:
        reader.problems.report(BadSigning(required.span, "a signature that is switched off cannot be required", ENABLE))
    if signature.key_env and not VARIABLE.fullmatch(signature.key_env) and variable:
        why = "`keyEnv` is the name of an environment variable, not the key itself"
        reader.problems.report(BadSigning(variable.span, why, NAME_ONE))
    if signature.key is not None and not signature.key.strip() and key:
        reader.problems.report(BadSigning(key.span, "`key` is empty", NAME_ONE))


def _key(fields: Fields, reader: Reader) -> str | None:
    entry = fields.entry("key")
    if entry is None:
        return None
    variable = environment_variable(entry.value)
    if variable:
        whole = Span(entry.key_span.file, entry.key_span.start, entry.value.span.end)
        reader.problems.report(SigningKeyInConfig(whole, variable))
        return None
    return entry.value.text if isinstance(entry.value, StringValue) else reader.string(entry.value, fields.name("key"))
