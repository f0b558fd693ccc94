"""Addresses, and the file that says who answers for whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tthc_cli.addresses import read_address, split_addresses
from tthc_cli.errors import InputError
from tthc_cli.loading import built_in, read_agencies, read_plan
from tthc_cli.records import Contact
from tthc_cli.side_files import SideFiles

PLAN, DIRECTORY = read_plan(built_in("plan"))[0], read_agencies(built_in("agencies"))[0]


def contacts(folder: Path, text: str) -> tuple[Contact, ...]:
    path = folder / "dia_chi.csv"
    path.write_text(text, encoding="utf-8")
    return SideFiles(PLAN, DIRECTORY).contacts(path)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" van-thu@so-a.example ", "van-thu@so-a.example"),
        ("Van.Thu+tthc@So-A.EXAMPLE", "Van.Thu+tthc@so-a.example"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "a@", "@b.example", "a@b..example", ".a@b.example", "a.@b.example", "a@-b.example", "a b@c.example"),
        *("a@b.example\nBcc: c@d.example", "a@b.example\r", "Sở A <a@b.example>", '"a"@b.example', "a@b_c.example"),
        *(
            "văn-thư@b.example",
            "a@sở.example",
            f"{'a' * 65}@b.example",
            f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}",
        ),
        *("a@b.example\0", "a@b.example,c@d.example", "<a@b.example>"),
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"\A"):
        read_address(text)


def test_several_in_a_cell() -> None:
    assert split_addresses(" a@b.example; c@d.example , ;e@f.example\nx") == (
        "a@b.example",
        "c@d.example",
        "e@f.example\nx",
    )


def test_a_file_in_vietnamese(tmp_path: Path) -> None:
    found = contacts(
        tmp_path,
        "Đơn vị;Địa chỉ email;Đồng gửi;Người phụ trách;Từ ngày;Đến ngày (dd/mm/yyyy);Ghi chú\n"
        "Sở TT&TT;a@x.example, b@x.example;c@x.example;Bộ phận  văn thư;1/7/2021;31/12/2021;mới\n"
        "Bộ phận Một cửa huyện Ba Tri;d@x.example;;;;;\n",
    )
    assert found == (
        Contact(
            "so-tttt", ("a@x.example", "b@x.example"), ("c@x.example",), "Bộ phận văn thư", date(2021, 7, 1),
            date(2021, 12, 31), 2,
        ),
        Contact("ubnd-huyen-ba-tri", ("d@x.example",), line=3),
    )  # fmt: skip


def test_all_that_is_wrong_is_listed_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        contacts(
            tmp_path,
            "agency,email,cc,from,until\n"
            "so-y-te,a@x,b@@x,,\n"
            "so-y-te,a@x.example,,31/12/2021,1/1/2021\n"
            "Sở Không Có,a@x.example,,,\n"
            "so-y-te,a@x.example,,32/1/2021,\n"
            ",a@x.example,,,\n"
            "so-y-te,,,,\n"
            "Sở Không Có,a@@x,b@@x,32/1/2021,33/1/2021\n",
        )
    assert [(trouble.code, trouble.line, trouble.column) for trouble in raised.value.troubles] == [
        ("address_malformed", 2, 3),
        ("contact_ends_early", 3, 5),
        ("agency_unknown", 4, 1),
        ("not_a_date", 5, 4),
        ("cell_empty", 6, 1),
        ("cell_empty", 7, 2),
        ("agency_unknown", 8, 1),
        ("address_malformed", 8, 2),
        ("address_malformed", 8, 3),
        ("not_a_date", 8, 4),
        ("not_a_date", 8, 5),
    ]
