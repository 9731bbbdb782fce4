from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """A Chromium without a window, which says what its console says."""
    pytest.importorskip("selenium", reason="the browser is driven by selenium")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("no chromium and chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.unhandled_prompt_behavior = "accept"
    elsewhere = {**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("b"))}  # it leaves files
    opened = webdriver.Chrome(options=options, service=Service(driver, env=elsewhere))
    opened.set_page_load_timeout(60)
    yield opened
    opened.quit()
