"""The D1 databases of a project, in the order in which everything lists them."""

from qb_compiler.config.model import Config
from qb_compiler.model.project import Project
from qb_compiler.model.record import record


@record
class DeployedDatabase:
    """`name` is ours (`auth`), `stored_name` Cloudflare's, `schema` the Drizzle schema's path or glob."""

    name: str
    binding: str
    stored_name: str
    id: str | None
    schema: str

    @property
    def migrations(self) -> str:
        return f"quickback/drizzle/{self.name}"


def deployed_databases(project: Project) -> tuple[DeployedDatabase, ...]:
    """Auth and features, and audit where something must leave a trace."""
    database, name = project.config.database, worker_name(project.config)
    auth = DeployedDatabase(
        "auth", database.auth_binding, f"{name}-auth", database.auth_database_id, "./src/db/auth-schema.ts"
    )
    features = DeployedDatabase(
        "features", database.features_binding, f"{name}-features", database.features_database_id,
        "./src/features/*/schema.ts",
    )  # fmt: skip
    audit = DeployedDatabase(
        "audit", database.audit_binding, f"{name}-audit", database.audit_database_id, "./src/db/audit-schema.ts"
    )
    return (auth, features, audit) if project.audited else (auth, features)


def worker_name(config: Config) -> str:
    """The project's name as Cloudflare allows it: lower case letters, digits and dashes."""
    letters = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in config.name.lower())
    return "-".join(part for part in letters.split("-") if part)[:50] or "quickback-app"
