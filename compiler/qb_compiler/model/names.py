"""How generated columns are called in the database."""

from qb_compiler.config.model import NamingConvention


def sql_name(name: str, convention: NamingConvention) -> str:
    """The SQL name of a generated column."""
    if convention is NamingConvention.CAMEL:
        return name
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
