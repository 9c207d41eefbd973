#include "reports/story.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/words.h"

namespace ordeal::reports {
namespace {

using sim::EventKind;

bool told(const sim::TraceRecord& record) {
  if (record.text.empty()) return false;
  switch (record.kind) {
    case EventKind::log:
    case EventKind::fault:
    case EventKind::party:
    case EventKind::host_up:
    case EventKind::host_down:
    case EventKind::host_frozen:
    case EventKind::host_thawed:
    case EventKind::clock_set:
    case EventKind::mark:
      return true;
    default:
      return false;
  }
}

class Story {
 public:
  Story(const std::vector<std::string>& hosts, bool color) : hosts_(hosts), color_(color) {
    for (const std::string& host : hosts) width_ = std::max(width_, host.size());
  }

  void tell(const sim::TraceRecord& record) {
    // A mark belongs to the whole trial: the trace does not say where it was made.
    const bool somewhere = record.host < hosts_.size() && record.kind != EventKind::mark;
    const std::string host = somewhere ? hosts_[record.host] : "";
    const bool fault = record.kind == EventKind::fault;
    const std::string text = record.kind == EventKind::mark ? "· " + record.text : record.text;
    line(record.at_ns, fault ? "⚡" : " ", host,
         fault                            ? painted(color_, Paint::warn, text)
         : record.kind == EventKind::mark ? painted(color_, Paint::dim, text)
                                          : text);
  }
  void tell(const sim::Finding& finding) {
    line(finding.at_ns, "✗", "", painted(color_, Paint::bad, finding.invariant + ": " + finding.message));
  }
  std::string take() { return std::move(out_); }

 private:
  void line(std::int64_t at_ns, std::string_view sign, std::string_view host, std::string_view text) {
    fmt::format_to(std::back_inserter(out_), "{}  {} {:<{}}  {}\n", story_time(at_ns), sign, host, width_,
                   text);
  }

  const std::vector<std::string>& hosts_;
  bool color_;
  std::size_t width_ = 0;
  std::string out_;
};

}  // namespace

std::string story(const std::vector<sim::TraceRecord>& records, const std::vector<std::string>& host_names,
                  const std::vector<sim::Finding>& findings, bool color) {
  Story story(host_names, color);
  auto finding = findings.begin();
  for (const sim::TraceRecord& record : records) {
    if (!told(record)) continue;
    for (; finding != findings.end() && finding->at_ns < record.at_ns; ++finding) story.tell(*finding);
    story.tell(record);
  }
  for (; finding != findings.end(); ++finding) story.tell(*finding);
  return story.take();
}

}  // namespace ordeal::reports
