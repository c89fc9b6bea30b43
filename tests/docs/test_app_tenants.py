"""A clinic for many tenants, written from the documentation alone: ten tables, six roles, teams, masks."""

from pathlib import Path

from docs.asking import app, ask, rows
from lanes.identities import colleague, owner, visitor


def test_a_clinic_keeps_its_patients_and_gives_each_role_its_own(tmp_path: Path) -> None:
    with app("clinic", tmp_path) as lane:
        boss, other, nobody = owner(lane.url), owner(lane.url, "Other"), visitor(lane.url)
        desk, doctor, second, billing, member = (
            colleague(boss, role) for role in ("receptionist", "doctor", "doctor", "billing", "member")
        )
        # patients: unique in the organization, guarded, validated, masked by role, hidden elsewhere
        new = {
            "number": "P-0001",
            "name": "Ann Bee",
            "ssn": "123-45-6789",
            "phone": "+1 555 123 4567",
            "allergies": ["nuts"],
        }
        ann = ask(desk.client, "POST /patients", new, answer=201, ssn="*****6789", allergies=["nuts"])
        ask(desk.client, "POST /patients", {"number": "P-0001", "name": "Twin"}, answer=409, code="UNIQUE_VIOLATION")
        ask(other.client, "POST /patients", {"number": "P-0001", "name": "Elsewhere"}, answer=201)
        ask(desk.client, "POST /patients", {"number": "1", "name": "Tom"}, answer=400, code="VALIDATION_FAILED")
        ask(desk.client, "POST /patients", {**new, "blocked": True}, answer=400, code="GUARD_FIELD_PROTECTED")
        ask(member.client, "POST /patients", new, answer=403, code="ACCESS_ROLE_REQUIRED")
        batch = [
            {"number": "P-0002", "name": "Tom"},
            {"number": "P-0002", "name": "Tim"},
            {"number": "P-0003", "name": "Kim"},
        ]
        done = ask(desk.client, "POST /patients/batch", {"records": batch}, answer=207)
        assert done["meta"] == {"total": 3, "succeeded": 2, "failed": 1, "atomic": False}
        ask(desk.client, "POST /patients/batch", {"records": batch * 2}, answer=400, code="BATCH_SIZE_EXCEEDED")
        assert [row["name"] for row in rows(member.client, "/patients")] == ["A** B**", "K**", "T**"]
        ask(member.client, "GET /patients?sort=name", answer=403, code="ACCESS_FIELD_MASKED")
        ask(member.client, "GET /patients?limit=26", answer=400, code="QUERY_INVALID")
        assert [row["ssn"] for row in rows(billing.client, "/patients/views/insurance?number=P-0001")] == [
            "123-45-6789"
        ]
        ask(desk.client, "GET /patients/views/insurance", answer=403, code="ACCESS_ROLE_REQUIRED")
        ask(other.client, f"GET /patients/{ann['id']}", answer=404, code="NOT_FOUND")
        ask(nobody, "GET /patients", answer=401, code="AUTH_MISSING")
        # appointments: references inside the tenant, own rows for doctors, steps by action
        room = ask(boss.client, "POST /rooms", {"title": "Blue", "seats": 2}, answer=201)
        foreign = rows(other.client, "/patients")[0]["id"]
        plan = {
            "patientId": ann["id"],
            "roomId": room["id"],
            "doctorId": doctor.user_id,
            "startsAt": "2026-12-01T09:00:00Z",
        }
        ask(desk.client, "POST /appointments", {**plan, "patientId": foreign}, answer=400, code="FK_NOT_FOUND")
        first = ask(desk.client, "POST /appointments", plan, answer=201, status="booked", minutes=20)
        later = {**plan, "doctorId": second.user_id, "startsAt": "2026-12-02T09:00:00Z"}
        next_ = ask(desk.client, "POST /appointments", later, answer=201)
        mine = rows(doctor.client, "/appointments")
        assert [(row["id"], row["patient_label"], row["room_label"]) for row in mine] == [
            (first["id"], "Ann Bee", "Blue")
        ]
        ask(doctor.client, f"GET /appointments/{next_['id']}", answer=403, code="ACCESS_CONDITION_FAILED")
        ask(boss.client, f"DELETE /rooms/{room['id']}", answer=409, code="FK_IN_USE")
        at = f"/appointments/{first['id']}"
        ask(doctor.client, f"POST {at}/finish", {}, answer=409, code="ACCESS_ACTION_NOT_ALLOWED_FOR_STATE")
        ask(desk.client, f"POST {at}/arrive", {}, answer=200, status="arrived")
        ask(second.client, f"POST {at}/finish", {}, answer=409)
        ask(doctor.client, f"POST {at}/finish", {"minutes": 35}, answer=200, status="done", minutes=35)
        day = ask(desk.client, "GET /appointments/day?date=2026-12-01", answer=200)
        assert day["rows"] == [{"id": first["id"], "patient": "Ann Bee", "startsAt": "2026-12-01T09:00:00.000Z"}]
        # notes: the author's and the owner's
        note = ask(doctor.client, "POST /notes", {"appointmentId": first["id"], "body": "fine"}, answer=201)
        assert rows(second.client, "/notes") == []
        assert len(rows(boss.client, "/notes")) == 1
        ask(second.client, f"GET /notes/{note['id']}", answer=404, code="NOT_FOUND")
        # a protected state closes updates and actions
        ask(boss.client, f"POST /patients/{ann['id']}/block", {"reason": "rude"}, answer=200, blocked=True)
        ask(desk.client, f"PATCH /patients/{ann['id']}", {"name": "Ann"}, answer=403, code="ACCESS_CONDITION_FAILED")
        ask(desk.client, f"POST /appointments/{next_['id']}/arrive", {}, answer=409, code="PATIENT_BLOCKED")
        # teams
        ask(member.client, "POST /handovers", {"message": "x"}, answer=403, code="ACCESS_NO_SCOPE")
        team = boss.client.post("/auth/v1/organization/create-team", json={"name": "Night"}).json()["id"]
        boss.client.post("/auth/v1/organization/add-team-member", json={"teamId": team, "userId": member.user_id})
        member.client.post("/auth/v1/organization/set-active-team", json={"teamId": team})
        ask(member.client, "POST /handovers", {"message": "x"}, answer=201)
        assert (len(rows(member.client, "/handovers")), rows(desk.client, "/handovers")) == (1, [])
        # invoices: another feature's rows stay, children go
        bill = ask(billing.client, "POST /invoices", {"patientId": ann["id"], "number": "1"}, answer=201, cents=0)
        ask(billing.client, "POST /invoice-lines", {"invoiceId": bill["id"], "what": "a", "cents": 350}, answer=201)
        ask(boss.client, f"POST /invoices/{bill['id']}/send", {}, answer=403, code="ACCESS_ROLE_REQUIRED")
        ask(billing.client, f"POST /invoices/{bill['id']}/send", {}, answer=200, cents=350, sent=True)
        assert billing.client.get("/api/v1/invoices/statement").text == "number,cents\n1,350"
        ask(boss.client, f"DELETE /patients/{ann['id']}", answer=200)
        assert rows(desk.client, "/appointments") == []
        assert len(rows(billing.client, "/invoices")) == 1
        ask(billing.client, f"DELETE /invoices/{bill['id']}", answer=200)
        assert rows(billing.client, "/invoice-lines") == []
        ask(billing.client, "POST /invoices", {"patientId": ann["id"], "number": "1"}, answer=400, code="FK_NOT_FOUND")
