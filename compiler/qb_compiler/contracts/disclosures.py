"""What a definition lets callers learn although rows or values are hidden from them: the author's choice, so said."""

from collections.abc import Iterator

from qb_compiler.config.model import IdMode
from qb_compiler.contracts.violation import Disclosure
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource


def disclosures(project: Project) -> Iterator[Disclosure]:
    client_ids = project.config.database.generate_id is IdMode.CLIENT
    for resource in project.resources:
        yield from _unique(resource)
        writing = resource.writing
        if client_ids and (writing.create or writing.put or writing.batch_create or writing.batch_upsert):
            message = "clients choose the key: a refusal tells that a row they may not see has it"
            yield Disclosure(resource.key, (resource.id_column.name,), message)


def _unique(resource: Resource) -> Iterator[Disclosure]:
    organization = resource.firewall.organization
    for key in resource.table.unique_keys:
        if organization and organization.column not in key.columns:
            message = "unique across organizations: a 409 tells one what another has"
            yield Disclosure(resource.key, key.columns, message)
        if any(resource.masking.mask(name) for name in key.columns):
            message = "unique and masked: a 409 tells callers who see a mask that a value is there"
            yield Disclosure(resource.key, key.columns, message)
