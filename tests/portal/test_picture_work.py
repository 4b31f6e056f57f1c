"""Editors describe pictures for those who cannot see them, and mark what must not be seen."""

from __future__ import annotations

import pytest
from django.utils import timezone

from reports.evidence import actions
from reports.evidence.models import BlurArea, CustodyEntry, Evidence
from reports.evidence.vocabulary import CustodyStep
from sites.models import Responsibility
from tests.factories.accounts import EditorFactory
from tests.factories.evidence import PhotographFactory, ShownFactory
from tests.portal.test_gallery import captions, one_of_each, seen_by
from tests.portal.test_pictures import ROLES, fetch, signed_in
from tests.queries import queries_of
from tests.reports.evidence.conftest import evidence_folder

pytestmark = pytest.mark.django_db
folders = evidence_folder
EDITORS = {"editor", "verifier"}
MANAGEMENT = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}


def area(number=0, **values):
    said = {"x": 10, "y": 20, "width": 30, "height": 40, "reason": "face", **values}
    return {f"form-{number}-{name}": value for name, value in said.items()}


def areas_of(evidence):
    return [(one.x, one.y, one.width, one.height, one.reason) for one in evidence.blur_areas.order_by("x")]


@pytest.mark.parametrize("role", list(ROLES))
def test_the_list_of_work_is_for_editors_and_holds_what_they_see(client, role):
    one_of_each()

    answer = signed_in(client, role).get("/pictures/work/")

    if role in EDITORS:
        assert captions(answer) == seen_by(role)
        assert answer.context["number"] == len(seen_by(role))
    else:
        assert answer.status_code in {302, 403}


def test_the_list_holds_what_nobody_has_described_of_the_sites_that_one_answers_for(sign_in):
    editor, picture = EditorFactory(), ShownFactory(caption="PUBLIC")
    ShownFactory(caption="UNDER-WAY", alternative="Rubble")
    client = sign_in(editor)
    assert captions(client.get("/pictures/work/")) == {"PUBLIC"}

    Responsibility.objects.create(user=editor, country="IQ")

    assert picture.monument.site.country != "IQ"
    assert captions(client.get("/pictures/work/")) == set()


def test_a_picture_is_described_on_the_list(sign_in):
    editor, picture = EditorFactory(), ShownFactory()
    said = {"evidence": picture.pk, "alternative": "أعمدة", "language": "ar"}

    sign_in(editor).post("/pictures/work/", said)

    picture.refresh_from_db()
    assert (picture.alternative, picture.language) == ("أعمدة", "ar")
    assert CustodyEntry.objects.get().step == CustodyStep.DESCRIBED


@pytest.mark.parametrize("wrong", [{"alternative": ""}, {"alternative": "x" * 501}, {"evidence": "x"}])
def test_what_cannot_be_kept_of_a_description_is_said(sign_in, wrong):
    said = {"evidence": ShownFactory().pk, "alternative": "Columns", "language": "en", **wrong}

    answer = sign_in(EditorFactory()).post("/pictures/work/", said, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not Evidence.objects.exclude(alternative="").exists()


@pytest.mark.parametrize("role", list(ROLES))
def test_a_picture_is_described_in_full_by_editors_and_no_others(client, role):
    picture = ShownFactory(published_at=timezone.now())
    said = {"caption": "The cella", "alternative": "Columns", "language": "en", "taken_to": "2015-08-30"}

    answer = signed_in(client, role).post(f"/pictures/{picture.pk}/describe/", said)

    picture.refresh_from_db()
    assert (picture.caption, str(picture.taken_to)) == (
        ("The cella", "2015-08-30") if role in EDITORS else ("", "None")
    )
    assert answer.status_code in ({302} if role in EDITORS else {302, 403})


@pytest.mark.parametrize("role", list(ROLES))
def test_areas_are_marked_by_editors_and_no_others(client, role):
    picture = ShownFactory(published_at=timezone.now())

    signed_in(client, role).post(f"/pictures/{picture.pk}/blur/", {**MANAGEMENT, **area(), "seen": ""})

    assert areas_of(picture) == ([(0.1, 0.2, 0.3, 0.4, "face")] if role in EDITORS else [])


def test_an_editor_of_elsewhere_marks_nothing(sign_in):
    editor = EditorFactory()
    Responsibility.objects.create(user=editor, country="IQ")

    assert sign_in(editor).get(f"/pictures/{ShownFactory().pk}/blur/").status_code == 403


def test_what_shows_a_marked_face_goes_at_once_and_comes_back_blurred(sign_in, client, evidence_folder):
    picture = PhotographFactory(published_at=timezone.now())
    assert actions.render(picture.pk) is None
    shown = f"/pictures/{picture.renditions.get(size='full').file}"
    original = next(path for path in (evidence_folder / "originals").rglob("*") if path.is_file()).read_bytes()
    assert fetch(client, shown).status_code == 200

    sign_in(EditorFactory()).post(f"/pictures/{picture.pk}/blur/", {**MANAGEMENT, **area(), "seen": ""})

    assert fetch(client, shown).status_code == 404
    assert picture.renditions.count() == 0
    assert actions.render(picture.pk) is None
    assert set(picture.renditions.values_list("size", flat=True)) == {"full", "page", "list", "plain"}
    assert next(path for path in (evidence_folder / "originals").rglob("*") if path.is_file()).read_bytes() == original
    step = CustodyEntry.objects.get(step=CustodyStep.BLURRED)
    assert step.facts["before"] == []
    assert step.facts["after"] == [{"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4, "reason": "face"}]


def test_where_less_is_blurred_the_present_pictures_stay_until_there_are_new_ones(sign_in):
    picture = ShownFactory()
    BlurArea.objects.create(evidence=picture, x=0.1, y=0.2, width=0.3, height=0.4)
    version = actions.version_of(picture.blur_areas.all())
    said = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, **area(), "form-0-DELETE": "on", "seen": version}

    sign_in(EditorFactory()).post(f"/pictures/{picture.pk}/blur/", said)

    picture.refresh_from_db()
    assert areas_of(picture) == []
    assert picture.renditions.exists()
    assert picture.render_due_at is not None


def test_who_comes_second_overwrites_no_areas(sign_in):
    picture = ShownFactory()
    BlurArea.objects.create(evidence=picture, x=0.5, y=0.5, width=0.1, height=0.1)

    answer = sign_in(EditorFactory()).post(
        f"/pictures/{picture.pk}/blur/", {**MANAGEMENT, **area(), "seen": ""}, follow=True
    )

    assert areas_of(picture) == [(0.5, 0.5, 0.1, 0.1, "face")]
    assert "Somebody else" in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"x": 80}, {"width": 0}, {"y": -1}, {"height": "much"}])
def test_an_area_outside_the_picture_is_refused(sign_in, wrong):
    picture = ShownFactory()

    answer = sign_in(EditorFactory()).post(
        f"/pictures/{picture.pk}/blur/", {**MANAGEMENT, **area(**wrong), "seen": ""}
    )

    assert answer.status_code == 400
    assert areas_of(picture) == []


@pytest.mark.parametrize(("start", "length"), [(20, 80), (0, 100), (33.3333, 66.6667), (57, 43)])
def test_an_area_may_reach_the_edge(sign_in, start, length):
    picture = ShownFactory()
    said = {**MANAGEMENT, **area(x=start, width=length, y=start, height=length), "seen": ""}

    assert sign_in(EditorFactory()).post(f"/pictures/{picture.pk}/blur/", said).status_code == 302
    assert picture.blur_areas.count() == 1


@pytest.mark.parametrize("role", list(ROLES))
def test_two_pictures_are_compared_by_who_sees_both(client, role):
    monument = one_of_each()
    client = signed_in(client, role)
    public = monument.evidence.get(caption="PUBLIC")

    for other in monument.evidence.exclude(pk=public.pk):
        address = f"/monuments/{monument.slug}/pictures/compare/?picture={public.pk}&picture={other.pk}"
        answer = client.get(address)

        assert answer.status_code == (200 if other.caption in seen_by(role) else 404)


@pytest.mark.parametrize("asked", ["", "?picture=x&picture=y", "?picture={0}", "?picture={0}&picture={0}"])
def test_two_pictures_are_compared_and_nothing_else(client, asked):
    picture = ShownFactory(published_at=timezone.now())

    address = f"/monuments/{picture.monument.slug}/pictures/compare/{asked.format(picture.pk)}"

    assert client.get(address).status_code == 404


def test_the_earlier_picture_comes_first_and_a_second_one_is_chosen_in_the_gallery(client):
    later = ShownFactory(published_at=timezone.now(), taken_to="2016-01-01")
    earlier = ShownFactory(published_at=timezone.now(), taken_to="2010-01-01", monument=later.monument)
    gallery = f"/monuments/{later.monument.slug}/pictures/"

    chosen = client.get(gallery, {"with": later.pk}).content.decode()

    link = f"{gallery}compare/?picture={later.pk}&picture={earlier.pk}"
    assert link in chosen
    assert client.get(link).context["both"] == [earlier, later]
    assert client.get(gallery, {"with": "x"}).status_code == 404


def test_more_undescribed_pictures_take_no_more_queries(sign_in):
    client = sign_in(EditorFactory())
    ShownFactory()
    few = queries_of(client, "/pictures/work/")
    for _n in range(5):
        ShownFactory()

    assert queries_of(client, "/pictures/work/") == few
