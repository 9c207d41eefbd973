"""A real browser on a page that lies in a file: Debian's Chromium, off every network, with a spy on what it asks for."""

import json
import re

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
         "--force-color-profile=srgb", "--hide-scrollbars"]


class Browser:
    def __init__(self):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in FLAGS:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_script_timeout(60)
        self.call("Network.enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.size(1280, 900)

    def call(self, command, **given):
        return self.driver.execute_cdp_cmd(command, given)

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def media(self, medium="screen", **features):
        given = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", media=medium, features=given)

    def open(self, path, fragment=""):
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(f"file://{path}{fragment}")

    def run(self, script, *given):
        return self.driver.execute_script(script, *given)

    def later(self, script, *given):
        """`script` calls done(result)."""
        return self.driver.execute_async_script("const done = arguments[arguments.length - 1];" + script, *given)

    def press(self, key, times=1):
        """As a person does, and waits until the page has drawn it."""
        for _ in range(times):
            self.later("(document.activeElement || document.body).dispatchEvent(new KeyboardEvent('keydown',"
                       "{key: arguments[0], bubbles: true, cancelable: true}));"
                       "requestAnimationFrame(() => setTimeout(done));", key)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.textContent ?? null", selector)

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector)

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses that were asked for since open(), but for the page itself."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not re.match(r"file://[^#]*\.html|about:blank", url)]

    def close(self):
        self.driver.quit()


def data_of(html):
    """What the page is made from."""
    return json.loads(re.search(r'id="data">(.*?)</script>', html, re.S).group(1))


def with_data(html, data):
    """The same page of other data, written as the program writes it."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    begin = html.index('id="data">') + len('id="data">')
    return html[:begin] + text + html[html.index("</script>", begin):]
