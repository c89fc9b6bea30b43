"""When the generated code does not keep what the definitions promise, or cannot be signed."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record


@record
class ContractViolated(Problem):
    """The generated code breaks a security contract.

    # What it means
    After generation the code is read again and compared with the definitions. It does not enforce one of them. Only
    the report was written. This is a fault of the compiler, not of your definitions.

    # Example
    A route whose query does not hold the table's firewall.

    # Fix
    Report it with the definition and the line in `reports/security-contracts.report.json`. To go on meanwhile at your
    own risk: `compiler: { securityContracts: { failMode: "warn" } }`.

    # See
    compiler/config/security-contracts
    """

    code: ClassVar[str] = "QB6020"
    slug: ClassVar[str] = "security-contract-violated"
    docs: ClassVar[str] = "compiler/config/security-contracts"

    contract: str
    place: str
    detail: str

    def message(self) -> str:
        return f"{self.contract} is broken at {self.place}: {self.detail}"

    def hint(self) -> str | None:
        return "this is a fault of the compiler: please report it with the definition"


@record
class ContractWarned(ContractViolated):
    """The generated code breaks a security contract, and `failMode` is `"warn"`.

    # What it means
    As QB6020, but the config says to write the files all the same.

    # Example
    `compiler: { securityContracts: { failMode: "warn" } }` and a route without its firewall.

    # Fix
    Report it, and set `failMode` back to `"error"`.

    # See
    compiler/config/security-contracts
    """

    code: ClassVar[str] = "QB6021"
    slug: ClassVar[str] = "security-contract-warned"
    level: ClassVar[Level] = Level.WARNING


@record
class SigningKeyMissing(Problem):
    """The security report must be signed, but there is no key.

    # What it means
    `signature.required` is true. Neither `signature.key` is set, nor does the variable of
    `signature.keyEnv` hold a value.

    # Example
    `signature: { required: true, keyEnv: "QUICKBACK_SECURITY_REPORT_SIGNING_KEY" }` where the variable is unset.

    # Fix
    Set the variable where you compile: `export QUICKBACK_SECURITY_REPORT_SIGNING_KEY=…`.

    # See
    compiler/config/security-contracts
    """

    code: ClassVar[str] = "QB6022"
    slug: ClassVar[str] = "signing-key-missing"
    docs: ClassVar[str] = "compiler/config/security-contracts"

    variable: str | None

    def message(self) -> str:
        named = f"`{self.variable}` is not set" if self.variable else "no `key` or `keyEnv` is configured"
        return f"the security report must be signed, but {named}"

    def hint(self) -> str | None:
        return f"export {self.variable or 'QUICKBACK_SECURITY_REPORT_SIGNING_KEY'}=<key>, or set `required: false`"


@record
class SigningKeyMissingWarned(SigningKeyMissing):
    """The security report should be signed, there is no key, and `failMode` is `"warn"`.

    # What it means
    As QB6022, but the config says to go on: the report carries an integrity digest only.

    # Example
    `failMode: "warn"` with `signature: { required: true }`.

    # Fix
    Set the key's variable where you compile.

    # See
    compiler/config/security-contracts
    """

    code: ClassVar[str] = "QB6023"
    slug: ClassVar[str] = "signing-key-missing-warned"
    level: ClassVar[Level] = Level.WARNING


PROBLEMS: tuple[type[Problem], ...] = (ContractViolated, ContractWarned, SigningKeyMissing, SigningKeyMissingWarned)
