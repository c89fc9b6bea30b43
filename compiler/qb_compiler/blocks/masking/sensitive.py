"""Which column names sound private, and how such a column is masked unless the author says otherwise."""

import re

from qb_compiler.blocks.masking.model import MaskKind

SENSITIVE = {
    "email": MaskKind.EMAIL,
    "phone": MaskKind.PHONE,
    "mobile": MaskKind.PHONE,
    "fax": MaskKind.PHONE,
    "ssn": MaskKind.SSN,
    "socialsecurity": MaskKind.SSN,
    "nationalid": MaskKind.SSN,
    "creditcard": MaskKind.CREDIT_CARD,
    "cc": MaskKind.CREDIT_CARD,
    "cardnumber": MaskKind.CREDIT_CARD,
    "cvv": MaskKind.REDACT,
    "iban": MaskKind.REDACT,
    "password": MaskKind.REDACT,
    "secret": MaskKind.REDACT,
    "token": MaskKind.REDACT,
    "apikey": MaskKind.REDACT,
    "privatekey": MaskKind.REDACT,
}
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
LONGEST = 3


def sensitive_kind(name: str) -> MaskKind | None:
    """The mask for a name that holds a sensitive word as whole words: `workEmail`, `apiKey`, `cc`, but not `acc`."""
    words = [word.lower() for word in WORDS.findall(name)]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            kind = SENSITIVE.get("".join(words[start:end]))
            if kind:
                return kind
    return None
