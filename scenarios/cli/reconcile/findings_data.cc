#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/reconciliation/figures.h"
#include "scenarios/cli/engine.h"
#include "scenarios/cli/output.h"
#include "scenarios/cli/reconcile/findings_shapes.h"
#include "scenarios/play/harmless.h"

namespace ordeal::cli {

using namespace reconciliation;
using Json = nlohmann::ordered_json;

namespace {

// What is written at once.
constexpr std::size_t kBlock = std::size_t{1} << 16U;

class Output {
 public:
  void add(std::string_view text) {
    waiting_ += text;
    if (waiting_.size() >= kBlock) flush();
  }
  void flush() {
    print(waiting_);
    waiting_.clear();
  }

 private:
  std::string waiting_;
};

// Lines of a text, two blanks further in.
std::string indented(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

Json json_of(const Entry& entry) {
  Json json{{"line", entry.line},
            {"amount", entry.amount},
            {"currency", entry.currency.text()},
            {"state", name_of(entry.state)},
            {"time", at_text(entry.at, entry.only_day)}};
  if (entry.has_fee) json["fee"] = fee_text(entry.fee, 0);
  if (!entry.channel_number.empty()) json["channel_number"] = play::harmless(entry.channel_number);
  return json;
}

Json json_of(const Told& told) {
  const Statement& it = told.statement;
  Json json{{"file", play::harmless(told.file)}, {"format", it.format}, {"lines", it.sums.lines}};
  if (it.sums.currency) json["currency"] = it.sums.currency->text();
  if (it.first_day) json["first_day"] = date_text(*it.first_day);
  if (it.last_day) json["last_day"] = date_text(*it.last_day);
  for (std::size_t i = 0; i < it.sums.of_kind.size(); ++i) {
    const Sums::OfKind& kind = it.sums.of_kind[i];
    if (kind.lines == 0) continue;
    Json& sums = json["sums"][std::string(name_of(static_cast<Kind>(i)))];
    sums = {{"lines", kind.lines}, {"amount", kind.amount}, {"settled", kind.settled}};
  }
  if (it.flow == Flow::trades) json["fees"] = fee_text(it.sums.fee, 0);
  if (it.sums.processing != 0) json["processing"] = it.sums.processing;
  if (it.opening) json["opening"] = *it.opening;
  if (it.closing) json["closing"] = *it.closing;
  if (it.no_bill) json["no_bill"] = true;
  return json;
}

class JsonWriter final : public FindingWriter {
 public:
  JsonWriter(const Told& ours, const Told& theirs, bool every) : every_(every) {
    const Json head{{"schema", "ordeal/reconcile/1"},
                    {"engine", kEngine},
                    {"ours", json_of(ours)},
                    {"theirs", json_of(theirs)}};
    std::string text = head.dump(2);
    text.resize(text.rfind('\n'));
    out_.add(text + ",\n  \"findings\": [");
  }

  void found(const Finding& finding) override {
    if (finding.what == Class::matched && !every_) return;
    const Entry& one = finding.ours != nullptr ? *finding.ours : *finding.theirs;
    Json json{{"class", name_of(finding.what)},
              {"kind", name_of(one.kind)},
              {"number", play::harmless(one.number)},
              {"gap", gap(finding)}};
    if (finding.ours != nullptr) json["ours"] = json_of(*finding.ours);
    if (finding.theirs != nullptr) json["theirs"] = json_of(*finding.theirs);
    out_.add((is_first_ ? "\n    " : ",\n    ") + indented(indented(json.dump(2))));
    is_first_ = false;
  }

  void end(const Outcome& outcome, int exit_code) override {
    Json classes = Json::object();
    for (std::size_t i = 0; i < kClasses; ++i) {
      const Outcome::OfClass& one = outcome.of_class[i];
      classes[std::string(name_of(static_cast<Class>(i)))] = {{"events", one.events}, {"gap", one.gap}};
    }
    const Json tail{{"classes", classes},
                    {"moved_nothing", outcome.moved_nothing},
                    {"differences", outcome.differences()},
                    {"exit_code", exit_code}};
    out_.add((is_first_ ? "],\n" : "\n  ],\n") + tail.dump(2).substr(2) + "\n");
    out_.flush();
  }

 private:
  bool every_;
  bool is_first_ = true;
  Output out_;
};

// As RFC 4180 has it; and what a spreadsheet would take for a formula is a text.
std::string cell(std::string_view text) {
  std::string value = play::harmless(text);
  if (!value.empty() && std::string_view("=+-@").find(value.front()) != std::string_view::npos)
    value.insert(0, "'");
  if (value.find_first_of(",\"\n") == value.npos) return value;
  std::string quoted = "\"";
  for (const char c : value) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

class CsvWriter final : public FindingWriter {
 public:
  explicit CsvWriter(bool every) : every_(every) {
    out_.add(
        "class,kind,number,gap,currency,ours_line,ours_amount,ours_fee,ours_state,ours_time,"
        "theirs_line,theirs_amount,theirs_fee,theirs_state,theirs_time,theirs_number\n");
  }

  void found(const Finding& finding) override {
    if (finding.what == Class::matched && !every_) return;
    const Entry& one = finding.ours != nullptr ? *finding.ours : *finding.theirs;
    out_.add(fmt::format("{},{},{},{},{},{},{},{}\n", name_of(finding.what), name_of(one.kind),
                         cell(one.number), gap(finding), one.currency.text(), side(finding.ours),
                         side(finding.theirs),
                         finding.theirs != nullptr ? cell(finding.theirs->channel_number) : ""));
  }

  void end(const Outcome&, int) override { out_.flush(); }

 private:
  static std::string side(const Entry* entry) {
    if (entry == nullptr) return ",,,,";
    return fmt::format("{},{},{},{},{}", entry->line, entry->amount,
                       entry->has_fee ? fee_text(entry->fee, 0) : "", name_of(entry->state),
                       at_text(entry->at, entry->only_day));
  }

  bool every_;
  Output out_;
};

}  // namespace

std::unique_ptr<FindingWriter> new_json_writer(const Told& ours, const Told& theirs, bool every) {
  return std::make_unique<JsonWriter>(ours, theirs, every);
}

std::unique_ptr<FindingWriter> new_csv_writer(bool every) { return std::make_unique<CsvWriter>(every); }

}  // namespace ordeal::cli
