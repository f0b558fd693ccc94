"""What reminders say, and that every mail program reads it so."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

import pytest

from tthc_cli import settings, workflow
from tthc_cli.deliveries import Delivery, Reply
from tthc_cli.loading import built_in, read_agencies
from tthc_cli.mail import Attachment, Head, compose
from tthc_cli.mail_settings import Mail
from tthc_cli.reminders import Errand, errand, round_of
from tthc_cli.reminding import DIGEST, Pace, Reminder
from tthc_cli.reports.reminder import Letter, Part, Point, counts, digest, letter
from tthc_cli.side_files import SideFiles

EXAMPLE = Path(__file__).parents[1] / "examples" / "ben_tre_2021"
NOW = datetime(2021, 10, 15, 7, 5, tzinfo=timezone(timedelta(hours=7)))
NAMES = [unit.name for unit in read_agencies(built_in("agencies"))[0].units]


def parsed(content: Letter, name: str = "Sở A", *attachments: Attachment) -> tuple[bytes, EmailMessage]:
    head = Head(
        "1", "kstt@vp.example", "Phòng Kiểm soát TTHC", ("a@x.example", "b@x.example"), name, NOW, ("c@x.example",)
    )
    data = compose(content, head, attachments)
    assert data == compose(content, head, attachments)
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return data, message


def test_names_and_subjects_come_back_as_they_were() -> None:
    for name in NAMES:
        subject = f"[TTHC] {name}: 12 quá hạn, 3 cần xác nhận, 1 đến hạn trong 5 ngày làm việc (nhắc lần 3)"
        data, message = parsed(Letter(subject, (), (), ()), name)
        assert data.isascii()
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, data.split(b"\r\n"))) <= 100
        # RFC 2047, section 2.
        assert max(len(line) for line in data.split(b"\r\n") if b"=?utf-8?" in line) <= 76
        assert str(message["Subject"]) == subject
        # The standard library's newer parser puts a space between two encoded words, its older follows RFC 2047.
        old = message_from_bytes(data)
        read = [(str(make_header(decode_header(who))), where) for who, where in getaddresses([str(old["To"])])]
        assert read == [(name, "a@x.example"), (name, "b@x.example")]


def test_the_head() -> None:
    _, message = parsed(Letter("A", (), (), ()), "Sở Văn hóa, Thể thao và Du lịch")
    assert str(message["To"].addresses[0]) == '"Sở Văn hóa, Thể thao và Du lịch" <a@x.example>'
    assert str(message["From"]) == "Phòng Kiểm soát TTHC <kstt@vp.example>"
    assert str(message["Cc"]) == "c@x.example"
    assert str(message["Date"]) == "Fri, 15 Oct 2021 07:05:00 +0700"
    assert str(message["Message-ID"]) == "<1@vp.example>"


def test_no_words_become_another_line_of_the_head_or_markup() -> None:
    point = Point("I.1. <b>&</b>", ("x < y",))
    content = Letter("A\r\nBcc: d@x.example", (), (Part("P", (point,)),), ())
    _, message = parsed(content, "Sở\nBcc: d@x.example")
    assert message["Bcc"] is None
    assert str(message["Subject"]) == "A Bcc: d@x.example"
    html = message.get_body(("html",))
    assert html
    assert "<b>I.1. &lt;b&gt;&amp;&lt;/b&gt;</b>" in html.get_content()
    assert "http" not in html.get_content()


def test_attachments_come_back_as_they_were() -> None:
    files = (
        Attachment("a.csv", "text/csv", "\ufeffmã\r\n".encode()),
        Attachment("b.bin", "application/x", bytes(range(256))),
    )
    _, message = parsed(Letter("A", (), (), ()), "Sở A", *files)
    found = [(part.get_filename(), part.get_payload(decode=True)) for part in message.iter_attachments()]
    assert found == [(each.name, each.data) for each in files]


@pytest.fixture(scope="module")
def example() -> Errand:
    return errand_on(date(2021, 10, 15))


def errand_on(day: date) -> Errand:
    chosen = settings.read({"workspace": str(EXAMPLE)}, {}, EXAMPLE)._replace(due_soon=7)
    outcome = workflow.run(chosen, day, day)
    assert chosen.contacts
    contacts = SideFiles(outcome.inputs.plan, outcome.inputs.directory).contacts(chosen.contacts)
    return errand(outcome, Mail(digest=("kstt@vp.example",)), Pace((7, 1, 0), 5), contacts)


def written(found: Errand, agency: str) -> str:
    reminder = found.reminder(agency, ())
    assert reminder
    return told(letter(found.outcome.world, reminder, found.name(agency), ()))


def told(content: Letter) -> str:
    points = [line for part in content.parts for point in part.points for line in (point.title, *point.lines)]
    return "\n".join((content.subject, *content.opening, *(part.heading for part in content.parts), *points))


def test_only_what_is_firm_is_called_overdue(example: Errand) -> None:
    firm = written(example, "so-vhttdl")
    assert "1 quá hạn" in firm
    assert "Hạn thứ Hai 20/09/2021, đã quá 25 ngày" in firm
    asked = written(example, "bql-kcn")
    assert "quá hạn" not in asked.casefold()
    assert "cần xác nhận vì: xin gia hạn, chưa trả lời" in asked


def test_the_day_to_act_by_comes_first_where_a_day_rolls() -> None:
    text = written(errand_on(date(2021, 6, 15)), "so-noi-vu")
    line = "Nên gửi chậm nhất thứ Sáu 18/06/2021. Hạn thứ Hai 21/06/2021, vì thứ Bảy 19/06/2021 là ngày nghỉ."
    assert line in text
    assert "Còn 4 ngày làm việc." in text
    assert text.startswith("[TTHC] Sở Nội vụ: 1 đến hạn trong 4 ngày làm việc (nhắc lần 1)")
    found = errand_on(date(2021, 6, 21)).matters.values()
    last = [matter for each in found for matter in each if matter.kind == "soon" and matter.left == 0]
    assert counts(last[:1]) == "1 đến hạn hôm nay"


def test_what_is_new_says_what_set_it_off(example: Errand) -> None:
    text = written(example, "ttpvhcc")
    assert "1 mới phát sinh" in text
    assert "bcb-07, ngày 12/10/2021" in text
    assert "không ấn định số ngày" in text


def test_the_digest_tells_of_every_agency_the_worst_first(example: Errand) -> None:
    due = example.due(())
    assert [reminder.agency for reminder in due][-1] == DIGEST
    deliveries = [sent(example, reminder) for reminder in due[:-1]]
    round_ = round_of(example, (), (), deliveries)
    text = told(digest(example.outcome.world, due[-1], round_))
    assert "UBND huyện Chợ Lách" in round_.addressless
    names = [example.name(agency) for agency in example.matters]
    assert all(name in text for name in names)
    agencies = digest(example.outcome.world, due[-1], round_).parts[-1]
    assert agencies.points[0].title == "Văn phòng UBND tỉnh"  # the one with a breach and another duty due soon
    assert len(agencies.points) == len(names)
    assert "550 no" in text
    assert "1 nhiệm vụ cần người xem xét" in text
    assert "dòng lỗi" not in text
    assert "Sổ có 3 dòng lỗi" in told(digest(example.outcome.world, due[-1], round_._replace(bad_rows=3)))
    assert "Nhắc lần 1: van-thu@so-vhttdl.example" in text


def sent(example: Errand, reminder: Reminder) -> Delivery:
    refused = reminder.agency == "bql-kcn"
    reply = Reply("refused", "550 no") if refused else Reply("sent")
    return example.delivery(reminder, replies=dict.fromkeys(reminder.addresses, reply))
