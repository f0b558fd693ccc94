"""Registers at URLs: fetched from a real web server, by this process, by several, and by those of a cluster."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from tests.program import ROOT, Done, Program
from tthc_cli.remote import source

EXAMPLE = ROOT / "examples" / "ben_tre_2021"
NAMES = {"a.csv": "register.csv", "b.csv": "register_loi.csv"}


_PARTS: dict[str, tuple[int, dict[str, str], Callable[[bytes], bytes]]] = {
    "packed": (200, {"Content-Encoding": "gzip", "Content-Length": "{size}"}, lambda data: gzip.compress(data)[:-2000]),
    "endless": (200, {}, lambda data: data[:9000]),
    "partial": (206, {"Content-Range": "bytes 0-8999/38369", "Content-Length": "{size}"}, lambda data: data[:9000]),
    "reset": (200, {"Content-Length": "99999"}, lambda data: data[:9000]),
}
"""What a server may send of a file: its status, its headers, and the part."""


class _Silent(SimpleHTTPRequestHandler):
    """Serves a folder, with an index of it or the one in `index.html`, and parts of files of which it says so."""

    def do_GET(self) -> None:
        """Answer what is asked, or a part of it."""
        kind = next((kind for kind in _PARTS if kind in self.path), None)
        if kind is None:
            return super().do_GET()
        status, headers, part = _PARTS[kind]
        page = b'<a href="a.csv">a</a>\n' * 1000  # the index of a folder, too, may be broken off
        data = part((EXAMPLE / "register.csv").read_bytes() if self.path.endswith(".csv") else page)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.format(size=len(data)))
        self.end_headers()
        self.wfile.write(data)
        return None

    def log_message(self, format: str, *words: Any) -> None:
        """Tell nobody."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, or the beginning of it."""
        outputfile.write(source.read()[: 100 if "cut" in self.path else None])


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that the server shows."""
    folder = tmp_path / "web" / "so"
    folder.mkdir(parents=True)
    for name, example in NAMES.items():
        shutil.copy(EXAMPLE / example, folder / name)
    (folder / ".an.csv").write_text("hidden", "utf-8")
    (folder / "doc.txt").write_text("no register", "utf-8")
    return folder


@pytest.fixture
def site(shared: Path) -> Iterator[str]:
    """Where the server shows it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(shared.parent))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/so/"
        server.shutdown()


def check(tmp_path: Path, *words: str, environ: dict[str, str] | None = None) -> Done:
    return Program(tmp_path)("check", *words, "--as-of", "2021-10-15", environ=environ)


def moved(done: Done, *places: str) -> tuple[int, str, str]:
    """What a run said, each place in it called by the same word."""
    out, beside = done.stdout, done.stderr
    for place in places:
        out, beside = out.replace(place, "PLACE"), beside.replace(place, "PLACE")
    return done.returncode, out, beside


@pytest.mark.parametrize("name", ["a.csv", "b.csv", "*.csv"])
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_url_says_what_the_file_says(tmp_path: Path, site: str, name: str, jobs: str) -> None:
    there = moved(check(tmp_path, site + name, "-f", "json", "--jobs", jobs), site)
    here = moved(check(tmp_path, f"web/so/{name}", "-f", "json"), "web/so/")
    assert here[0] == 1
    assert there == here


def test_a_folder_is_all_registers_in_it(tmp_path: Path, site: str) -> None:
    folder, pattern = (check(tmp_path, site + name, "-f", "json") for name in ("", "*.csv"))
    assert folder.returncode == 1
    assert moved(folder, site) == moved(pattern, site + "*.csv", site)


def test_workers_of_a_cluster_fetch_what_they_read(tmp_path: Path, site: str) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:  # type: ignore[no-untyped-call]
        there = check(tmp_path, site, "-f", "json", "--scheduler", cluster.scheduler_address)
    assert there.returncode == 1
    assert moved(there) == moved(check(tmp_path, site, "-f", "json"))


def test_a_workbook_and_a_question_to_the_server(tmp_path: Path, site: str, shared: Path) -> None:
    program = Program(tmp_path)
    made = program("init", "cua_toi")
    assert made.returncode == 0, made.stderr
    shutil.copy(tmp_path / "cua_toi" / "register.xlsx", shared / "mau.xlsx")
    for name in ("mau.xlsx", "a.csv?phien_ban=2"):
        there = check(tmp_path, site + name, "-f", "json")
        here = check(tmp_path, f"web/so/{name.partition('?')[0]}", "-f", "json")
        assert moved(there, site + name) == moved(here, f"web/so/{name.partition('?')[0]}")


def test_the_register_of_a_workspace_may_be_a_url(tmp_path: Path, site: str) -> None:
    (tmp_path / "tthc.toml").write_text(f'register = "{site}a.csv"\n', "utf-8")
    due = Program(tmp_path)("due", "--overdue", "--as-of", "2021-10-15")
    assert due.returncode == 0, due.stderr
    typed = Program(tmp_path)("due", "--overdue", "--as-of", "2021-10-15", "--register", "web/so/a.csv")
    assert moved(due, site) == moved(typed, "web/so/")
    assert "quá hạn" in due.stdout


def test_what_is_changed_there_is_read_anew(tmp_path: Path, site: str, shared: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(tmp_path)}
    first = check(tmp_path, site + "a.csv", environ=environ)
    shutil.copy(shared / "b.csv", shared / "a.csv")
    second = check(tmp_path, site + "a.csv", environ=environ)
    assert (first.returncode, second.returncode) == (1, 1)
    assert first.stdout != second.stdout


@pytest.mark.parametrize("name", ["cut.csv", "khong_phai.csv"])
def test_a_file_that_cannot_be_had_accuses_nobody(tmp_path: Path, site: str, shared: Path, name: str) -> None:
    """Whether the server breaks off in the middle of it, or it is no register."""
    (shared / "a.csv").unlink()
    assert '"verdict": "overdue"' in check(tmp_path, site, "-f", "json").stdout
    shutil.copy(EXAMPLE / "register.csv", shared / name)
    if "cut" not in name:
        (shared / name).write_bytes(b"%PDF-1.4")
    alone = check(tmp_path, site + name)
    assert (alone.returncode, alone.stdout) == (3, "")
    assert site + name in alone.stderr
    assert "Traceback" not in alone.stderr
    among = check(tmp_path, site, "-f", "json", "--all")
    assert among.returncode == 1
    assert '"shard_unread"' in among.stdout
    assert '"verdict": "overdue"' not in among.stdout
    assert '"verdict": "on_time"' in among.stdout


@pytest.mark.parametrize("kind", _PARTS)
def test_what_may_be_a_part_is_not_taken_for_the_whole(tmp_path: Path, site: str, shared: Path, kind: str) -> None:
    """Nobody is accused because of what was not sent."""
    for name in (f"{kind}.csv", f"{kind}/", f"{kind}/*.csv"):
        done = check(tmp_path, site + name)
        assert (done.returncode, done.stdout) == (3, "")
        assert re.fullmatch(rf"{site}{kind}[./]\S*: (Máy chủ|Không lấy được tệp) [^\n]*\n", done.stderr), done.stderr
    (shared / "a.csv").unlink()
    (shared / f"{kind}.csv").write_text("", "utf-8")
    among = check(tmp_path, site, "-f", "json", "--all")
    assert '"shard_unread"' in among.stdout
    assert '"verdict": "overdue"' not in among.stdout


@pytest.mark.parametrize(
    "links",
    [
        ("./a.csv", "b.csv#dau", "?C=N;O=D", "../", "/"),
        ("/so/a.csv", "//{host}/so/b.csv", "https://{host}/so/b.csv"),
        ("a.csv?tai=1", "b%2Ecsv", "b.csv", "mailto:a@b.csv", "?C=N;O=D"),
        ("<base>", "so/a.csv", "so/b.csv"),
    ],
)
def test_a_folder_is_what_its_page_links_to(tmp_path: Path, site: str, shared: Path, links: tuple[str, ...]) -> None:
    pattern = moved(check(tmp_path, "web/so/*.csv", "-f", "json"), "web/so/")
    host = site.split("/")[2]
    page = "".join(f"<p><A title='>' HREF='{link.format(host=host)}'>x</a>" for link in links if link[0] != "<")
    page = "<base href='/'>" * ("<base>" in links) + page
    (shared / "index.html").write_text(page, "utf-8")
    there = check(tmp_path, f"{site}*.csv", "-f", "json")
    out = there.stdout.replace("b%2Ecsv", "b.csv").replace("a.csv?tai=1", "a.csv")
    assert (there.returncode, out.replace(site, "PLACE")) == pattern[:2]


@pytest.mark.parametrize(
    "link",
    [
        *("/khac/c.csv", "c/d.csv", "http://127.0.0.2/so/c.xlsx", "http://127.0.0.1:1/so/c.csv"),
        *("tai?tep=c.csv", "?page=2", "?C=N&start=100"),
    ],
)
def test_a_register_of_another_place_is_not_passed_over(tmp_path: Path, site: str, shared: Path, link: str) -> None:
    (shared / "index.html").write_text(f'<a href="a.csv">a</a> <a href="{link}">c</a>', "utf-8")
    done = check(tmp_path, site)
    assert (done.returncode, done.stdout) == (3, ""), done
    assert done.stderr == f"{site}: Trang này dẫn tới sổ ở nơi khác ({link}): nêu thẳng địa chỉ từng tệp.\n"


def test_a_folder_that_cannot_be_listed_is_not_passed_over(tmp_path: Path, site: str, shared: Path) -> None:
    for name in ("x", "y"):
        (shared / name).mkdir()
        shutil.move(shared / f"{'ab'['xy'.index(name)]}.csv", shared / name / "so.csv")
    for pattern in ("*/so.csv", "**/so.csv", "*/*.csv"):
        there = moved(check(tmp_path, site + pattern, "-f", "json"), site)
        assert there == moved(check(tmp_path, f"web/so/{pattern}", "-f", "json"), "web/so/")
    page = '<a href="x/">x</a> <a href="y/">y</a> <a href="{}/">z</a>'
    for name, words in (("khong_co", "Không có gì"), ("endless", "Máy chủ không cho biết độ dài")):
        (shared / "index.html").write_text(page.format(name), "utf-8")
        done = check(tmp_path, f"{site}*/so.csv")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith(f"{site}{name}/: {words}")


def test_names_with_marks_and_spaces(tmp_path: Path, site: str, shared: Path) -> None:
    shutil.move(shared / "a.csv", shared / "sổ theo dõi #1.csv")
    (shared / "b.csv").unlink()
    here = moved(
        check(tmp_path, "web/so/sổ theo*.csv", "-f", "json"), "web/so/sổ theo*.csv", "web/so/sổ theo dõi #1.csv"
    )
    written = f"{site}{quote('sổ theo dõi #1.csv')}"
    for url in (f"{site}sổ theo*.csv", f"{site}{quote('sổ')}*", site, written):
        assert moved(check(tmp_path, url, "-f", "json"), url, written)[1] == here[1]


def test_no_folder_for_a_copy(tmp_path: Path, site: str) -> None:
    code = (
        "import sys, tempfile, tthc_cli.cli\n"
        "tempfile._get_default_tempdir = lambda *_: (_ for _ in ()).throw(FileNotFoundError('no folder'))\n"
        "sys.argv = ['tthc', 'check', sys.argv[1]]; tthc_cli.cli.main()"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, f"{site}a.csv"]
    done = subprocess.run(command, env=environ, capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith(f"{site}a.csv: Không có chỗ để tạm tệp tải về (không có tệp hoặc thư mục này)")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("{site}khong_co.csv", "Không có gì ở địa chỉ này"),
        ("{site}khong_co/", "Không có"),
        ("HTTP://127.0.0.1:1/a.csv", "Không lấy được tệp từ địa chỉ này"),
        ("http://127.0.0.1:1/a.csv", "Không lấy được tệp từ địa chỉ này (máy kia không nhận kết nối):"),
        ("khong-biet://so/a.csv", "Không lấy được tệp từ địa chỉ này (tên hoặc địa chỉ không hợp lệ):"),
        ("s3://so-theo-doi/a.csv", "Đọc địa chỉ này cần phần mở rộng remote: pip"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, site: str, url: str, words: str) -> None:
    url = url.format(site=site)
    done = check(tmp_path, url, environ={"PATH": os.environ["PATH"], **_without(tmp_path, "s3fs")})
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"{url.replace('HTTP', 'http')}: {words}")
    assert done.stderr.count("\n") == 1


def _without(tmp_path: Path, name: str) -> dict[str, str]:
    """An environment in which a library cannot be imported."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / f"{name}.py").write_text(f"raise ImportError('no {name}')", "utf-8")
    return {"PYTHONPATH": os.pathsep.join((str(hidden), str(ROOT / "src")))}


def test_the_url_of_a_file_is_its_path() -> None:
    assert source("file:///so%202021/a.csv") == Path("/so 2021/a.csv")
    assert source("file:///D:/so/a.csv") == Path("D:/so/a.csv")


def test_only_the_register_may_be_a_url(tmp_path: Path, site: str) -> None:
    done = check(tmp_path, "web/so/a.csv", "--plan", f"{site}plan.yaml")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"{site}plan.yaml" in done.stderr
    (tmp_path / "tthc.toml").write_text(f'\nagencies = "{site}a.yaml"\n', "utf-8")
    done = check(tmp_path, "web/so/a.csv")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("tthc.toml:2: ")


def test_plans_find_their_registers_there(tmp_path: Path, site: str, shared: Path) -> None:
    plan = (ROOT / "data" / "plan_2021.yaml").read_text("utf-8")
    for name in ("a", "tinh"):
        (tmp_path / "plans" / name).mkdir(parents=True)
        (tmp_path / "plans" / name / "plan.yaml").write_text(plan, "utf-8")
    (shared / "tinh").mkdir()
    shutil.move(shared / "b.csv", shared / "tinh" / "so.csv")
    there, here = (check(tmp_path, "--plans", "plans", folder, "-f", "json") for folder in (site, "web/so"))
    assert here.returncode == 1
    assert moved(there) == moved(here)
    page = "".join(f'<a href="{name}">x</a>' for name in ("a.csv", "tinh/", "khong_co/"))
    (shared / "index.html").write_text(page, "utf-8")
    denied = json.loads(check(tmp_path, "--plans", "plans", site, "-f", "json").stdout)
    assert [plan["register"]["unread"] for plan in denied["plans"]] == [[f"{site}khong_co/"]] * 2
    assert [plan["overdue"] for plan in denied["plans"]] == [0, 0]
