"""The mailbox of the embedded installation."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from tests.factories.accounts import (
    AdministratorFactory,
    EditorFactory,
    ReporterFactory,
    UserFactory,
    VerifierFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


def write(subject="New loss", html="<p>The arch fell.</p>"):
    message = EmailMultiAlternatives(subject, "The arch fell.", to=["reader@example.org"])
    message.attach_alternative(html, "text/html")
    mail.get_connection().send_messages([message])


def test_a_message_becomes_a_file_and_is_read(sign_in, folder):
    write("خسارة جديدة")
    [file] = folder.iterdir()
    client = sign_in(EditorFactory())

    assert "خسارة جديدة" in client.get("/mail/").content.decode()
    assert "The arch fell." in client.get(f"/mail/{file.name}/").content.decode()


def test_the_newest_comes_first_and_older_ones_on_the_next_page(sign_in):
    for number in range(52):
        write(f"Message {number:02}")
    client = sign_in(EditorFactory())

    first = client.get("/mail/").content.decode()
    cursor = first.split("?before=")[1].split('"')[0]
    second = client.get("/mail/", {"before": cursor}).content.decode()

    assert first.index("Message 51") < first.index("Message 50")
    assert "Message 01" not in first
    assert "Message 00" in second


@pytest.mark.parametrize(
    ("factory", "status"),
    [
        (UserFactory, 403),
        (ReporterFactory, 403),
        (EditorFactory, 200),
        (VerifierFactory, 200),
        (AdministratorFactory, 200),
    ],
)
def test_the_mailbox_is_for_staff(sign_in, folder, factory, status):
    write()
    [file] = folder.iterdir()
    client = sign_in(factory())

    for address in ("/mail/", f"/mail/{file.name}/", f"/mail/{file.name}/html/"):
        assert client.get(address).status_code == status


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/mail/")["Location"].startswith("/accounts/login/")


def test_hostile_content_can_do_nothing(sign_in, folder):
    write("<script>alert(1)</script>", "<script>alert(1)</script>")
    [file] = folder.iterdir()
    client = sign_in(EditorFactory())

    policy = client.get(f"/mail/{file.name}/html/")["Content-Security-Policy"]

    assert "<script>alert" not in client.get("/mail/").content.decode()
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src 'none'" in policy


@pytest.mark.parametrize("name", ["..%2Fsecret_key", "secret_key", "..", "nothing.eml"])
def test_only_messages_are_read(sign_in, folder, name):
    folder.mkdir()
    (folder / "secret_key").write_text("x")

    assert sign_in(EditorFactory()).get(f"/mail/{name}/").status_code == 404


def test_with_smtp_there_is_no_mailbox(sign_in, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    client = sign_in(EditorFactory())

    assert "by SMTP" in client.get("/mail/").content.decode()
    assert client.get("/mail/x.eml/").status_code == 404
