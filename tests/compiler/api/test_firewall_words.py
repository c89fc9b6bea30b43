"""What the comment above a generated firewall says."""

import pytest

from compiler.api.model import AT
from qb_compiler.blocks.firewall.model import Firewall, OwnerScope, Scope
from qb_compiler.targets.api.scoping import firewall_words

ORGANIZATION = Scope("organizationId", "activeOrgId", AT)
OWNER = OwnerScope("ownerId", "userId", AT)
OPTIONAL = OwnerScope("ownerId", "userId", AT, True, ("owner", "admin"))
SAID = [
    (Firewall(AT, organization=ORGANIZATION), "Rows of the active organization."),
    (Firewall(AT, owner=OWNER, soft_delete="deletedAt"), "Rows of the caller, not deleted."),
    (
        Firewall(AT, organization=ORGANIZATION, owner=OPTIONAL),
        "Rows of the active organization, of the caller (of anybody for owner and admin).",
    ),
    (Firewall(AT, exception=True), "Every row: the table has no scope."),
]


@pytest.mark.parametrize(("firewall", "words"), SAID)
def test_a_firewall_is_said_in_words(firewall: Firewall, words: str) -> None:
    assert firewall_words(firewall) == words
