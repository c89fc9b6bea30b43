"""Names inside the document."""

from qb_compiler.model.literal import Json

JsonObject = dict[str, Json]


def pascal(key: str) -> str:
    """`jobPostings` becomes `JobPostings`, `rank-up` `RankUp`: schema names and the end of operation ids."""
    words = "".join(letter if letter.isalnum() else " " for letter in key).split()
    return "".join(word[:1].upper() + word[1:] for word in words)


def reference(kind: str, name: str) -> JsonObject:
    return {"$ref": f"#/components/{kind}/{name}"}


def schema_reference(name: str) -> JsonObject:
    return reference("schemas", name)


def json_content(schema: Json) -> JsonObject:
    return {"application/json": {"schema": schema}}


def answer(description: str, schema: Json) -> JsonObject:
    return {"description": description, "content": json_content(schema)}
