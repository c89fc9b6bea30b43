"""The report says what a definition lets callers learn."""

from dataclasses import replace

from compiler.api.model import candidates, project, sample
from qb_compiler.config.model import IdMode
from qb_compiler.contracts.disclosures import disclosures
from qb_compiler.contracts.violation import Disclosure

ACROSS = "unique across organizations: a 409 tells one what another has"
MASKED = "unique and masked: a 409 tells callers who see a mask that a value is there"
CHOSEN = "clients choose the key: a refusal tells that a row they may not see has it"


def test_a_unique_column_that_spans_tenants_and_is_masked_is_stated() -> None:
    assert list(disclosures(sample())) == [
        Disclosure("candidates", ("email",), ACROSS),
        Disclosure("candidates", ("email",), MASKED),
    ]


def test_keys_that_clients_choose_are_stated() -> None:
    found = project({"candidates": (candidates(),)})
    database = replace(found.config.database, generate_id=IdMode.CLIENT)
    chosen = replace(found, config=replace(found.config, database=database))
    assert Disclosure("candidates", ("id",), CHOSEN) in disclosures(chosen)
