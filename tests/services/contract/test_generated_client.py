"""A client that nobody here wrote, made from the committed OpenAPI document, works with the running portal."""

from __future__ import annotations

import datetime
import importlib
import subprocess
import sys
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from tests.pictures import quarters

pytestmark = pytest.mark.services

NAME = "tadmor_client"
DAY = datetime.date(2026, 1, 2)
WHEN = {"date_from": DAY, "date_to": DAY}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The package of the client, freshly made."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "config.yaml").write_text(f"package_name_override: {NAME}\npost_hooks: []\n")
    document = settings.BASE_DIR / "docs" / "openapi.yaml"
    command = ["generate", "--path", document, "--output-path", folder / NAME, "--config", folder / "config.yaml"]
    generator = Path(sys.executable).with_name("openapi-python-client")
    subprocess.run([generator, *command, "--meta", "none"], check=True, capture_output=True, cwd=folder)
    sys.path.insert(0, str(folder))
    yield importlib.import_module(NAME)
    sys.path.remove(str(folder))


class Person:
    """Somebody with a key, who acts through the made client."""

    def __init__(self, made, live, key):
        self.models = importlib.import_module(f"{NAME}.models")
        self.client = made.AuthenticatedClient(live.address, key)

    def do(self, part, what, *where, body=None, **more):
        """What the server answered; fails unless it did what was asked."""
        call = importlib.import_module(f"{NAME}.api.{part}.{part}_{what}")
        answer = call.sync_detailed(*where, client=self.client, **more, **({} if body is None else {"body": body}))
        assert answer.status_code < 300, answer.content
        return answer.parsed

    def say(self, model, **facts):
        return getattr(self.models, model)(**facts)

    def step(self, report, what, model="StepRequest", **facts):
        body = self.say(model, version=report.version, **facts)
        return self.do("condition_reports", f"{what}_create", report.id, body=body)


@pytest.fixture
def person(made, live, keys):
    """By role; their connections end with the test."""
    with ExitStack() as met:
        yield lambda role: _met(met, Person(made, live, keys[role]))


def _met(met, person):
    met.enter_context(person.client)
    return person


def a_report(person, source):
    m = person.models
    return m.DraftRequest(
        monument="palmyra-roman-theatre",
        kind=m.ReportKind.DAMAGE,
        damage_grade=m.DamageGrade.SEVERE,
        certainty=m.Certainty.HIGH,
        narrative="The stage front fell.",
        source=source,
        date_precision=m.DatePrecision.DAY,
        **WHEN,
    )


@pytest.fixture
def source(live):
    code = "from reports.sources.models import Source; print(Source.objects.first().name)"
    return live.shell(code)


def a_photograph(made):
    content = BytesIO()
    quarters().save(content, "JPEG")
    content.seek(0)
    types = importlib.import_module(f"{NAME}.types")
    return types.File(payload=content, file_name="east.jpg", mime_type="image/jpeg")


def test_a_report_with_evidence_is_sent_verified_published_and_retracted(made, person, source):
    reporter, verifier = person("Reporter"), person("Verifier")

    draft = reporter.do("condition_reports", "create", body=a_report(reporter, source))
    files = reporter.say("FilesRequest", files=[a_photograph(made)], report=draft.id)
    [receipt] = reporter.do("uploads", "create", body=files)
    reporter.step(draft, "submit")
    waiting = verifier.do("condition_reports", "retrieve", draft.id)
    method = verifier.models.VerificationMethod.SITE_VISIT
    verified = verifier.step(waiting, "verify", "VerifyRequest", method=method)
    published = verifier.step(verified, "publish")
    retracted = verifier.step(published, "retract", "ReasonRequest", reason="The picture is older.")

    assert receipt.name == "east.jpg"
    assert published.state == verifier.models.ReportState.PUBLISHED
    assert retracted.retraction_reason == "The picture is older."


def test_a_reader_asks_to_be_told(person):
    reporter = person("Reporter")
    wish = reporter.say("SubscriptionRequest", language=reporter.models.LanguageEnum.EN, site="palmyra")

    made = reporter.do("subscriptions", "create", body=wish)

    assert made.id in {one.id for one in reporter.do("subscriptions", "list").results}
    reporter.do("subscriptions", "destroy", str(made.id))


def test_an_editor_enters_a_plan_and_an_event(person, source):
    editor = person("Editor")
    m = editor.models
    said = {"source": source, "certainty": m.Certainty.HIGH, "date_precision": m.DatePrecision.DAY, **WHEN}
    plan = m.PlanRequest(
        title="Props for the stage",
        status=m.PlanStatus.PROPOSED,
        phase=m.Phase.EMERGENCY_STABILISATION,
        monument="palmyra-roman-theatre",
        **said,
    )
    event = m.EventRequest(
        site="palmyra", kind=m.EventKind.HAZARD, danger=m.Danger.MINES, text="Mines at the gate.", **said
    )

    assert editor.do("plans", "create", body=plan).title == "Props for the stage"
    assert editor.do("situation_events", "create", body=event).stands is True
