"""A public catalogue of concerts, written from the documentation alone."""

from pathlib import Path

from docs.asking import app, ask, rows
from docs.booting import operator
from lanes.identities import colleague, owner, sign_up, visitor


def test_concerts_are_read_by_anybody_and_written_by_whom_they_belong_to(tmp_path: Path) -> None:
    with app("gigs", tmp_path) as lane:
        promoter = owner(lane.url, "Promo")
        editor = colleague(promoter, "editor").client
        staff, promoter_, nobody = operator(lane).client, promoter.client, visitor(lane.url)
        fan, other = sign_up(lane.url).client, sign_up(lane.url).client
        hall = ask(
            staff,
            "POST /venues",
            {"name": "Hall", "city": "Oslo", "latitude": 59.9, "contactPhone": "12345678"},
            answer=201,
        )
        ask(staff, "POST /venues", {"name": "x" * 81, "city": "Oslo"}, answer=400, code="VALIDATION_FAILED")
        ask(promoter_, "POST /venues", {"name": "x", "city": "Oslo"}, answer=403, code="ACCESS_ROLE_REQUIRED")
        assert set(rows(nobody, "/venues")[0]) == {"id", "name", "city", "latitude", "longitude", "seats"}
        ask(nobody, "GET /venues?contactPhone=1", answer=403, code="ACCESS_FIELD_MASKED")
        band = ask(staff, "POST /artists", {"slug": "the-band", "name": "The Band"}, answer=201)
        ask(staff, f"PATCH /artists/{band['id']}", {"slug": "x"}, answer=400, code="GUARD_FIELD_NOT_UPDATABLE")
        # an organization's draft becomes everybody's event
        plan = {"title": "Night", "venueId": hall["id"], "startsAt": "2030-01-01T20:00:00Z", "price": 300}
        draft = ask(editor, "POST /drafts", plan, answer=201)
        publish = f"POST /drafts/{draft['id']}/publish"
        ask(editor, publish, {}, answer=403, code="ACCESS_ROLE_REQUIRED")
        ask(staff, "GET /drafts", answer=403, code="ACCESS_NO_ORG")
        published = ask(promoter_, publish, {}, answer=200)
        ask(promoter_, publish, {}, answer=409)
        ask(editor, f"PATCH /drafts/{draft['id']}", {"title": "x"}, answer=403, code="ACCESS_CONDITION_FAILED")
        event = rows(nobody, "/events")[0]
        assert (event["id"], event["venue_label"]) == (published["eventId"], "Hall")
        ask(staff, "POST /events", {"title": "x"}, answer=405, code="METHOD_NOT_ALLOWED")
        played = {"eventId": event["id"], "artistId": band["id"]}
        ask(staff, "POST /line-up", played, answer=201, position=1)
        ask(staff, "POST /line-up", played, answer=409, code="UNIQUE_VIOLATION")
        assert nobody.get("/api/v1/events/upcoming?city=Oslo").json() == [
            {"title": "Night", "startsAt": "2030-01-01T20:00:00.000Z", "venue": "Hall"}
        ]
        # reviews: shown to all once approved, until then to the author and to staff
        review = ask(fan, "POST /reviews", {"eventId": event["id"], "stars": 5}, answer=201, approved=False)
        at = f"/reviews/{review['id']}"
        assert [len(rows(who, "/reviews")) for who in (nobody, other, fan, staff)] == [0, 0, 1, 1]
        ask(nobody, f"GET {at}", answer=404, code="NOT_FOUND")
        ask(other, f"PATCH {at}", {"stars": 1}, answer=404, code="NOT_FOUND")
        ask(fan, f"PATCH {at}", {"stars": 4}, answer=200, stars=4)
        ask(staff, f"POST {at}/approve", {}, answer=200, approved=True)
        ask(fan, f"PATCH {at}", {"stars": 1}, answer=403, code="ACCESS_CONDITION_FAILED")
        assert len(rows(nobody, "/reviews?stars.gte=4")) == 1
        # a write without sign-in is masked in its answer, and stands in the trail
        ask(nobody, "POST /subscribers", {"email": "joe@mail.example"}, answer=201, email="j**@m***.example")
        ask(nobody, "POST /subscribers", {"email": "nope"}, answer=400, code="VALIDATION_FAILED")
        ask(nobody, "GET /subscribers", answer=401, code="AUTH_MISSING")
        assert staff.get("/api/v1/reviews/addresses").json() == ["joe@mail.example"]
        assert len(lane.sql("AUDIT_DB", "select id from audit_events where resource = 'subscribers'")) == 2
        # what hangs on an event goes with it, in its own feature
        ask(staff, f"POST /events/{event['id']}/cancel", {}, answer=200, status="cancelled")
        assert rows(nobody, "/events/views/poster") == []
        ask(staff, f"DELETE /events/{event['id']}", answer=200)
        assert rows(nobody, "/line-up") == []
        assert {nobody.get("/api/v1/venues").status_code for _ in range(45)} == {200, 429}
