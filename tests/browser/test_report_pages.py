"""The report in a real browser: narrowed by what was found, walked by key, hostile text."""

from __future__ import annotations

import pytest

pytest.importorskip("selenium", reason="the browser is driven by selenium")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from tests.test_report import EVIL_RESULT, RESULT, many
from toolkit.formats import report

pytestmark = pytest.mark.slow


def test_a_page_is_narrowed_by_severity_kind_and_title_and_walked_by_key(browser, tmp_path):
    report.write_folder([RESULT, *many(1), EVIL_RESULT], tmp_path)
    browser.get_log("browser")
    browser.get((tmp_path / "report.html").as_uri())

    def shown() -> list[str]:
        articles = browser.find_elements(By.TAG_NAME, "article")
        return [one.get_attribute("id") for one in articles if one.is_displayed()]

    def choose(name: str, value: str) -> None:
        Select(browser.find_element(By.ID, f"by-{name}")).select_by_visible_text(value)

    def at() -> str | None:
        ActionChains(browser).send_keys("n").perform()
        return browser.execute_script("return document.activeElement.getAttribute('aria-label')")

    assert shown() == ["a1", "a2", "a3"]
    choose("severity", "error")
    assert shown() == ["a1", "a3"]
    choose("kind", "number")
    assert shown() == ["a1"]
    assert browser.find_element(By.CSS_SELECTOR, ".filter output").text == "1 of 3 on this page"
    browser.execute_script("document.activeElement.blur()")
    assert {at(), at(), at()} == {"finding 1, error: number/mistranslation"}
    choose("severity", "all")
    choose("kind", "all")
    browser.find_element(By.ID, "by-title").send_keys("FERRY")
    assert shown() == ["a1", "a2"]
    # Letters of the search are no keys of the page.
    assert browser.switch_to.active_element.get_attribute("id") == "by-title"
    assert browser.get_log("browser") == []


def test_the_index_leads_to_lists_and_articles_and_back(browser, tmp_path):
    report.write_folder([EVIL_RESULT, *many(report.LARGE)], tmp_path)
    browser.get_log("browser")
    browser.get((tmp_path / "report.html").as_uri())

    def follow(words: str) -> str:
        browser.find_element(By.PARTIAL_LINK_TEXT, words).click()
        return browser.find_element(By.TAG_NAME, "h1").text

    assert follow("time") == "Articles with findings: time"
    assert follow("warnings") == "Articles with warning findings: time"
    assert follow("Ferry late") == "Ferry late"
    assert follow("Next") == "Ferry late"
    assert follow("Articles").startswith("51 articles in ")
    assert browser.execute_script("return document.images.length") == 0
    assert browser.get_log("browser") == []
