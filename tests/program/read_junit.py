"""Reads a JUnit file as strictly as CI systems do, and with junitparser: read_junit.py FILE. Prints what it holds as one
JSON object; ends with 1 and what is wrong when it is not such a file."""
import json
import sys
import xml.etree.ElementTree as ElementTree

import junitparser

# Elements, in the order of the common schema: attributes that must and may be there, and elements inside.
ALLOWED = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"skipped", "time"}, ["testsuite"]),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"skipped", "time"}, ["properties", "testcase"]),
    "properties": (set(), set(), ["property"]),
    "property": ({"name", "value"}, set(), []),
    "testcase": ({"name", "classname"}, {"time"}, ["properties", "skipped", "error", "failure", "system-out"]),
    "failure": ({"message", "type"}, set(), []),
    "error": ({"message", "type"}, set(), []),
    "skipped": ({"message"}, set(), []),
    "system-out": (set(), set(), []),
}


def check(element):
    must, may, inside = ALLOWED[element.tag]
    names = set(element.attrib)
    assert must <= names <= must | may, f"<{element.tag}> has the attributes {sorted(names)}"
    places = [inside.index(child.tag) for child in element]
    assert places == sorted(places), f"<{element.tag}> has {[child.tag for child in element]}"
    for child in element:
        check(child)


def check_sums(element):
    cases = element.findall(".//testcase")
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        count = sum(case.find(tag) is not None for case in cases)
        assert int(element.get(attribute)) == count, f"{attribute}={element.get(attribute)}, and there are {count}"
    assert int(element.get("tests")) == len(cases) > 0
    assert float(element.get("time")) >= 0


def properties(element):
    return {item.get("name"): item.get("value") for item in element.findall("properties/property")}


def main(file):
    root = ElementTree.parse(file).getroot()
    assert root.tag == "testsuites"
    check(root)
    for suite in [root, *root]:
        check_sums(suite)
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(names) == len(set(names)), "a case stands there twice"

    parsed = junitparser.JUnitXml.fromfile(file)
    suites = list(parsed)
    assert len(suites) == len(root) and parsed.failures == int(root.get("failures"))
    cases = [case for suite in suites for case in suite]
    assert [(case.classname, case.name) for case in cases] == names
    failed = [case for case in cases if any(isinstance(one, junitparser.Failure) for one in case.result)]
    print(json.dumps({
        "suites": [suite.name for suite in suites],
        "properties": properties(root[0]),
        "cases": [name for _, name in names],
        "failures": {case.name: case.result[0].message for case in failed},
        "seeds": {case.get("name"): properties(case).get("seed") for case in root.iter("testcase") if properties(case)},
        "replays": {case.get("name"): properties(case).get("replay") for case in root.iter("testcase") if properties(case)},
        "errors": [case.find("error").get("message") for case in root.iter("testcase") if case.find("error") is not None],
    }))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (AssertionError, ElementTree.ParseError, KeyError, ValueError, OSError) as wrong:
        print(f"{sys.argv[1]}: {wrong!r}")
        sys.exit(1)
