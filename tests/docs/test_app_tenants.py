"""A clinic for many tenants, written from the documentation alone: ten tables, six roles, teams, masks."""

from collections.abc import Iterator
from functools import cached_property

import httpx
import pytest

from docs.asking import Row, app, ask, rows
from lanes.identities import Person, colleague, owner, visitor
from lanes.lane import Lane

ANN: Row = {
    "number": "P-0001",
    "name": "Ann Bee",
    "ssn": "123-45-6789",
    "phone": "+1 555 123 4567",
    "allergies": ["nuts"],
}


class Clinic:
    """One organization with its staff, each person hired when they are first asked for."""

    def __init__(self, url: str) -> None:
        self.boss = owner(url)

    def hire(self, role: str) -> Person:
        return colleague(self.boss, role)

    @cached_property
    def desk(self) -> httpx.Client:
        return self.hire("receptionist").client

    @cached_property
    def doctor(self) -> Person:
        return self.hire("doctor")

    @cached_property
    def billing(self) -> httpx.Client:
        return self.hire("billing").client

    @cached_property
    def member(self) -> Person:
        return self.hire("member")

    @cached_property
    def ann(self) -> Row:
        return ask(self.desk, "POST /patients", ANN, answer=201, ssn="*****6789", allergies=["nuts"])

    @cached_property
    def room(self) -> Row:
        return ask(self.boss.client, "POST /rooms", {"title": "Blue", "seats": 2}, answer=201)

    def appointment(self, doctor: Person, starts: str = "2026-12-01T09:00:00Z", **changed: str) -> Row:
        plan = {"patientId": self.ann["id"], "roomId": self.room["id"], "doctorId": doctor.user_id, "startsAt": starts}
        return ask(self.desk, "POST /appointments", {**plan, **changed}, answer=201, status="booked", minutes=20)


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lane]:
    with app("clinic", tmp_path_factory.mktemp("clinic")) as lane:
        yield lane


@pytest.fixture
def clinic(lane: Lane) -> Clinic:
    return Clinic(lane.url)


def test_patients_are_unique_in_their_clinic_guarded_and_validated(clinic: Clinic, lane: Lane) -> None:
    assert clinic.ann["id"]
    twin: Row = {"number": "P-0001", "name": "Twin"}
    ask(clinic.desk, "POST /patients", twin, answer=409, code="UNIQUE_VIOLATION")
    ask(owner(lane.url, "Other").client, "POST /patients", twin, answer=201)
    ask(clinic.desk, "POST /patients", {"number": "1", "name": "Tom"}, answer=400, code="VALIDATION_FAILED")
    ask(clinic.desk, "POST /patients", {**ANN, "blocked": True}, answer=400, code="GUARD_FIELD_PROTECTED")
    ask(clinic.member.client, "POST /patients", ANN, answer=403, code="ACCESS_ROLE_REQUIRED")
    ask(visitor(lane.url), "GET /patients", answer=401, code="AUTH_MISSING")


def test_batches_of_patients_tell_what_failed(clinic: Clinic) -> None:
    names = [("P-0002", "Tom"), ("P-0002", "Tim"), ("P-0003", "Kim")]
    batch = [{"number": number, "name": name} for number, name in names]
    done = ask(clinic.desk, "POST /patients/batch", {"records": batch}, answer=207)
    assert done["meta"] == {"total": 3, "succeeded": 2, "failed": 1, "atomic": False}
    ask(clinic.desk, "POST /patients/batch", {"records": batch * 2}, answer=400, code="BATCH_SIZE_EXCEEDED")


def test_each_role_sees_its_own_of_a_patient(clinic: Clinic, lane: Lane) -> None:
    ann, member = clinic.ann, clinic.member.client
    assert [row["name"] for row in rows(member, "/patients")] == ["A** B**"]
    ask(member, "GET /patients?sort=name", answer=403, code="ACCESS_FIELD_MASKED")
    ask(member, "GET /patients?limit=26", answer=400, code="QUERY_INVALID")
    insured = rows(clinic.billing, "/patients/views/insurance?number=P-0001")
    assert [row["ssn"] for row in insured] == ["123-45-6789"]
    ask(clinic.desk, "GET /patients/views/insurance", answer=403, code="ACCESS_ROLE_REQUIRED")
    ask(owner(lane.url, "Other").client, f"GET /patients/{ann['id']}", answer=404, code="NOT_FOUND")


def test_appointments_stay_inside_the_clinic_and_belong_to_their_doctor(clinic: Clinic, lane: Lane) -> None:
    other = owner(lane.url, "Other").client
    foreign = ask(other, "POST /patients", {"number": "P-0001", "name": "Elsewhere"}, answer=201)["id"]
    second = clinic.hire("doctor")
    first = clinic.appointment(clinic.doctor)
    theirs = clinic.appointment(second, "2026-12-02T09:00:00Z")
    plan = {key: first[key] for key in ("roomId", "doctorId", "startsAt")}
    ask(clinic.desk, "POST /appointments", {**plan, "patientId": foreign}, answer=400, code="FK_NOT_FOUND")
    mine = rows(clinic.doctor.client, "/appointments")
    shown = [(row["id"], row["patient_label"], row["room_label"]) for row in mine]
    assert shown == [(first["id"], "Ann Bee", "Blue")]
    ask(clinic.doctor.client, f"GET /appointments/{theirs['id']}", answer=403, code="ACCESS_CONDITION_FAILED")
    ask(clinic.boss.client, f"DELETE /rooms/{clinic.room['id']}", answer=409, code="FK_IN_USE")


def test_an_appointment_goes_through_its_states_by_actions(clinic: Clinic) -> None:
    doctor, second = clinic.doctor.client, clinic.hire("doctor").client
    first = clinic.appointment(clinic.doctor)
    at = f"/appointments/{first['id']}"
    ask(doctor, f"POST {at}/finish", {}, answer=409, code="ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
    ask(clinic.desk, f"POST {at}/arrive", {}, answer=200, status="arrived")
    ask(second, f"POST {at}/finish", {}, answer=409)
    ask(doctor, f"POST {at}/finish", {"minutes": 35}, answer=200, status="done", minutes=35)
    day = ask(clinic.desk, "GET /appointments/day?date=2026-12-01", answer=200)
    assert day["rows"] == [{"id": first["id"], "patient": "Ann Bee", "startsAt": "2026-12-01T09:00:00.000Z"}]
    note = ask(doctor, "POST /notes", {"appointmentId": first["id"], "body": "fine"}, answer=201)
    assert (rows(second, "/notes"), len(rows(clinic.boss.client, "/notes"))) == ([], 1)
    ask(second, f"GET /notes/{note['id']}", answer=404, code="NOT_FOUND")


def test_a_blocked_patient_is_closed_to_updates_and_actions(clinic: Clinic) -> None:
    ann, planned = clinic.ann, clinic.appointment(clinic.doctor)
    ask(clinic.boss.client, f"POST /patients/{ann['id']}/block", {"reason": "rude"}, answer=200, blocked=True)
    ask(clinic.desk, f"PATCH /patients/{ann['id']}", {"name": "Ann"}, answer=403, code="ACCESS_CONDITION_FAILED")
    ask(clinic.desk, f"POST /appointments/{planned['id']}/arrive", {}, answer=409, code="PATIENT_BLOCKED")


def test_handovers_belong_to_a_team(clinic: Clinic) -> None:
    boss, member = clinic.boss.client, clinic.member.client
    ask(member, "POST /handovers", {"message": "x"}, answer=403, code="ACCESS_NO_SCOPE")
    team = boss.post("/auth/v1/organization/create-team", json={"name": "Night"}).json()["id"]
    boss.post("/auth/v1/organization/add-team-member", json={"teamId": team, "userId": clinic.member.user_id})
    member.post("/auth/v1/organization/set-active-team", json={"teamId": team})
    ask(member, "POST /handovers", {"message": "x"}, answer=201)
    assert (len(rows(member, "/handovers")), rows(clinic.desk, "/handovers")) == (1, [])


def test_invoices_outlive_their_patient_and_take_their_lines_along(clinic: Clinic) -> None:
    ann, billing, boss = clinic.ann, clinic.billing, clinic.boss.client
    assert clinic.appointment(clinic.doctor)["id"]
    plan: Row = {"patientId": ann["id"], "number": "1"}
    bill = ask(billing, "POST /invoices", plan, answer=201, cents=0)
    ask(billing, "POST /invoice-lines", {"invoiceId": bill["id"], "what": "a", "cents": 350}, answer=201)
    ask(boss, f"POST /invoices/{bill['id']}/send", {}, answer=403, code="ACCESS_ROLE_REQUIRED")
    ask(billing, f"POST /invoices/{bill['id']}/send", {}, answer=200, cents=350, sent=True)
    assert billing.get("/api/v1/invoices/statement").text == "number,cents\n1,350"
    ask(boss, f"DELETE /patients/{ann['id']}", answer=200)
    assert (rows(clinic.desk, "/appointments"), len(rows(billing, "/invoices"))) == ([], 1)
    ask(billing, f"DELETE /invoices/{bill['id']}", answer=200)
    assert rows(billing, "/invoice-lines") == []
    ask(billing, "POST /invoices", plan, answer=400, code="FK_NOT_FOUND")
