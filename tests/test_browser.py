"""The page in a real browser: `make browser-test` (Chromium with its driver, and axe-core)."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages import ROOT, example, html, large

Driver = Any  # selenium's, which is there only where these tests are run
pytestmark = pytest.mark.browser
AXE = Path(os.environ.get("AXE", ROOT / "build" / "browser" / "node_modules" / "axe-core" / "axe.min.js"))
SETTINGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
WIDTHS = (320, 390, 820, 1440)
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def started(profile: Path, script: bool = True) -> Driver:
    """A browser of its own, without a network."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in (*SETTINGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options, Service(shutil.which("chromedriver")))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the pages lie."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, report in (("example", example()), ("large", large(folder))):
        path = folder / f"{name}.html"
        path.write_text(html(report), encoding="utf-8")
        found[name] = path.as_uri()
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Driver, pages: dict[str, str]) -> Driver:
    """The example's page, wide and light."""
    look(browser, 1440, "light")
    browser.get(pages["example"])
    return browser


def look(browser: Driver, width: int, scheme: str) -> None:
    """A width, and whether the reader likes it dark."""
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    liked = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", liked)


def ask(browser: Driver, script: str, *given: Any) -> Any:
    return browser.execute_script(f"return {script}", *given)


def all_of(browser: Driver, selector: str) -> list[Any]:
    return list(browser.find_elements("css selector", selector))


def shown(browser: Driver) -> list[Any]:
    return all_of(browser, "#duties-table tbody tr.on")


def keys(browser: Driver) -> list[str]:
    return [str(row.get_attribute("data-key")) for row in shown(browser)]


def choose(browser: Driver, name: str, value: str) -> None:
    """Set a control as its user does."""
    ask(
        browser,
        "(form => { form[arguments[0]].value = arguments[1];"
        " form[arguments[0]].dispatchEvent(new Event('input', {bubbles: true})); })(document.forms[0])",
        name,
        value,
    )


def violations(browser: Driver) -> list[str]:
    browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script(
        "const done = arguments[1]; axe.run(document, {runOnly: arguments[0]}).then(done)", RULES
    )
    assert len(found["passes"]) > 20
    return [f"{item['id']}: {[node['html'] for node in item['nodes']]}" for item in found["violations"]]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_everyone_can_use_it(browser: Driver, pages: dict[str, str], width: int, scheme: str) -> None:
    look(browser, width, scheme)
    browser.get(pages["example"])
    assert ask(browser, "document.documentElement.scrollWidth") <= width
    for details in all_of(browser, "details:not(.why)"):
        ask(browser, "arguments[0].open = true", details)
    assert not violations(browser)
    ask(browser, "arguments[0].click()", all_of(browser, "#duties-table tr.on a")[0])
    assert all_of(browser, "dialog[open]")
    assert not violations(browser)


def test_it_asks_for_nothing_and_the_policy_holds(page: Driver) -> None:
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    sent = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    assert any(url.startswith("file:") for url in sent)
    assert not [url for url in sent if not url.startswith(("file:", "data:", "chrome:"))]
    assert not page.get_log("browser")
    strange = "const one = document.createElement('script'); one.textContent = 'window.ran = true'"
    assert not ask(page, f"(() => {{ {strange}; document.head.append(one); return window.ran; }})()")
    assert page.get_log("browser")


def test_five_thousand_obligations_are_there_in_a_second(browser: Driver, pages: dict[str, str]) -> None:
    look(browser, 1440, "light")
    times = []
    for _ in range(3):
        browser.get(pages["large"])
        times.append(ask(browser, "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
    assert len(all_of(browser, "#duties-table tbody tr")) > 5000
    assert min(times) < 1000, times
    took = ask(
        browser,
        "(() => { const start = performance.now(); const form = document.forms[0]; form.verdict.value = '';"
        " form.search.value = 'bao cao thang'; form.dispatchEvent(new Event('input'));"
        " document.body.offsetHeight; return performance.now() - start; })()",
    )
    assert took < 1000
    assert len(shown(browser)) == 100


def test_the_search_needs_no_marks(page: Driver) -> None:
    choose(page, "verdict", "")
    for typed in ("so giao duc va dao tao", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "dao tao giao duc"):
        choose(page, "search", typed)
        units = {key.split("/")[1] for key in keys(page)}
        assert units == {"so-gddt"}
    choose(page, "search", "không có gì như vậy")
    assert not shown(page)
    assert all_of(page, "#found")[0].text == "Không có nhiệm vụ nào khớp."


def test_filters_narrow_together(page: Driver) -> None:
    choose(page, "verdict", "")
    choose(page, "unit", "so-tttt")
    choose(page, "section", "XI")
    assert sorted(keys(page)) == [f"XI.1/so-tttt/{period}" for period in ("2021", "2021-Q1", "2021-Q2", "2021-Q3")]
    choose(page, "month", "2021-06")
    assert keys(page) == ["XI.1/so-tttt/2021-Q2"]
    all_of(page, "#filters button")[0].click()
    assert len(shown(page)) == 100
    all_of(page, "#more")[0].click()
    assert len(shown(page)) == 200


def test_what_presses_comes_first_and_figures_choose(page: Driver) -> None:
    assert {row.get_attribute("class") for row in shown(page)} == {"bad on", "ask on", "soon on"}
    figures = all_of(page, ".figures a")
    assert len(figures) > 5
    for figure in figures:
        figure.click()
        count = figure.find_element("css selector", "strong").text
        assert f" trong {count} nhiệm vụ khớp" in all_of(page, "#found")[0].text
    link = all_of(page, ".matrix a[data-section='XI']")[0]
    unit = link.get_attribute("data-unit")
    ask(page, "arguments[0].click()", link)
    assert {tuple(key.split("/")[:2]) for key in keys(page)} == {("XI.1", unit)}


def test_columns_sort_both_ways(page: Driver) -> None:
    choose(page, "verdict", "")
    choose(page, "section", "XI")
    due = all_of(page, "#duties-table thead th")[4]
    for direction in ("ascending", "descending"):
        due.find_element("css selector", "button").click()
        assert due.get_attribute("aria-sort") == direction
        texts = [row.find_element("css selector", "a").text for row in shown(page)]
        days = [text.split("/")[::-1] for text in texts]
        assert days == sorted(days, reverse=direction == "descending")


def test_the_keyboard_is_enough(page: Driver) -> None:
    from selenium.webdriver.common.keys import Keys

    page.switch_to.active_element.send_keys(Keys.TAB)
    assert page.switch_to.active_element.get_attribute("class") == "skip"
    link = all_of(page, "#duties-table tr.on a")[0]
    ask(page, "arguments[0].focus()", link)
    link.send_keys(Keys.ENTER)
    dialog = all_of(page, "dialog[open]")[0]
    assert "Lời văn của kế hoạch" in dialog.text
    assert link.text in dialog.text
    assert ask(page, "document.querySelector('dialog').contains(document.activeElement)")
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not all_of(page, "dialog[open]")
    assert page.switch_to.active_element == link


def test_it_reads_without_its_script(tmp_path: Path, pages: dict[str, str]) -> None:
    browser = started(tmp_path, script=False)
    try:
        browser.get(pages["example"])
        assert not all_of(browser, "html.js")
        first, *_, last = all_of(browser, "#duties-table tbody tr")
        assert first.is_displayed()
        assert last.is_displayed()
        assert not all_of(browser, "#filters")[0].is_displayed()
        link = first.find_element("css selector", "a")
        target = str(link.get_attribute("href")).split("#")[1]
        browser.get(f"{pages['example']}#{target}")
        assert all_of(browser, f"#{target}")[0].is_displayed()
    finally:
        browser.quit()


def test_it_prints(page: Driver) -> None:
    settings = {"landscape": True, "preferCSSPageSize": True}
    pdf = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", settings)["data"])
    assert pdf.startswith(b"%PDF")
    assert 3 <= pdf.count(b"/Type /Page\n") <= 15
