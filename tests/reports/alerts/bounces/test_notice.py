"""What a notice says, whoever wrote it; and nothing that is sent to its reader breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.alerts.bounces import notice
from tests.reports.alerts.bounces.conftest import BOUNCES, written

ID = "<0d7c@tadmor.example.com>"


@pytest.mark.parametrize(
    ("server", "permanent", "reason"),
    [
        ("postfix", True, "5.1.1 550 5.1.1 <zenobia@example.org>: Recipient address rejected: User unknown"),
        ("exim", True, "5.0.0 550 No such user here"),
        ("exchange", True, "5.1.10 550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
        ("gmail", False, "5.2.2 The email account that you tried to reach is over quota."),
        ("sendmail", False, "4.4.7"),
    ],
)
def test_each_server_says_of_what_message_it_is_and_why(server, permanent, reason):
    found = notice.read(written(server, message_id=ID))

    assert found.message_id == ID
    assert found.permanent is permanent
    assert found.reason.startswith(reason)
    assert BOUNCES in found.came_to


@pytest.mark.parametrize("other", ["postfix-delayed", "postfix-delivered", "away"])
def test_a_delay_a_receipt_and_the_answer_of_a_machine_are_no_failures(other):
    assert notice.read(written(other, message_id=ID)) is None


def test_what_the_returned_message_quotes_is_not_the_servers_word():
    """Whoever writes a message that holds a notice has not sent one."""
    outer = b"Content-Type: message/rfc822\r\n\r\n" + written("postfix", message_id=ID)

    assert notice.read(outer) is None


def test_the_gravest_of_several_counts():
    fields = b"Action: failed\nStatus: 4.2.2\n\nFinal-Recipient: rfc822; b@example.org\nAction: failed"
    content = written("postfix", message_id=ID).replace(b"Action: failed", fields)

    assert notice.read(content).permanent


def test_what_it_says_is_one_line_of_modest_length():
    content = written("postfix").replace(b"User unknown", b"User\x1b[31m\x00 unknown" + b"!" * 5_000)

    reason = notice.read(content).reason

    assert len(reason) <= notice.MOST_TEXT
    assert reason.isprintable()


def test_parts_in_parts_without_end_are_left_alone():
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(3_000)
    )

    assert notice.read(opening) is None


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_without_an_error(content):
    notice.read(content)


@given(st.sampled_from(["postfix", "exim", "exchange", "gmail", "sendmail"]), st.data())
def test_a_notice_that_was_damaged_is_read_without_an_error(server, data):
    content = written(server, message_id=ID)
    at = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 200))
    notice.read(content[:at] + data.draw(st.binary(max_size=60)) + content[at + length :])
