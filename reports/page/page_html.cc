#include "reports/page/page_html.h"

#include "reports/page/bundle.h"

namespace ordeal::reports {
namespace {

// In JSON '<' stands only inside strings, where it may be written otherwise.
std::string without_tags(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string title_of(const WholePage& page) {
  if (page.trial) {
    const PageData& trial = *page.trial;
    const std::string what = trial.finding ? trial.finding->invariant : trial.verdict;
    return what + ": " + trial.setting.scenario + ", seed " + std::to_string(trial.seed);
  }
  return page.hunt ? "hunt: " + page.hunt->scenario : "ordeal";
}

}  // namespace

std::string page_html(const WholePage& page) {
  std::string out = "<!doctype html>\n<html lang=\"" + page.lang +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
                    "'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
                    escaped(title_of(page)) + "</title>\n<style>\n";
  for (const std::string_view piece : kPageStyle) out += piece;
  out +=
      "</style>\n</head>\n<body>\n<div id=\"page\"></div>\n<noscript>This page needs JavaScript; it asks "
      "nothing of any network.</noscript>\n<script type=\"application/json\" id=\"data\">";
  out += without_tags(page_json(page));
  out += "</script>\n<script>\n";
  for (const std::string_view piece : kPageScript) out += piece;
  return out + "</script>\n</body>\n</html>\n";
}

}  // namespace ordeal::reports
