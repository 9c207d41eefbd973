// The table: a row a figure, a column a design, in blocks as wide as the terminal. Below it what the marks mean, where no
// difference is significant, what was held equal, and what each figure says.
#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "reports/comparison.h"
#include "reports/layout.h"
#include "reports/words.h"

namespace ordeal::reports {
namespace {

using std::string;

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 12;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMillisecond = 1'000'000;

string repeated(std::size_t count, char what = ' ') { return string(count, what); }

string to_left(const string& text, std::size_t width) {
  return text + repeated(width - std::min(width, display_width(text)));
}
string to_right(const string& text, std::size_t width) {
  return repeated(width - std::min(width, display_width(text))) + text;
}

// num / den with so many decimals, rounded half away from zero.
string decimal(std::int64_t num, std::int64_t den, int decimals) {
  __extension__ using Wide = __int128;
  Wide scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const bool below = num < 0;
  const Wide magnitude = below ? -static_cast<Wide>(num) : static_cast<Wide>(num);
  const Wide rounded = (magnitude * scale * 2 + den) / (static_cast<Wide>(den) * 2);
  string out = (below && rounded != 0 ? "-" : "") + grouped(static_cast<std::uint64_t>(rounded / scale));
  if (decimals == 0) return out;
  string fraction = std::to_string(static_cast<std::uint64_t>(rounded % scale));
  fraction.insert(0, static_cast<std::size_t>(decimals) - fraction.size(), '0');
  return out + "." + fraction;
}

// How the figures of one row are written: times in the unit that suits the biggest of them.
class RowWriter {
 public:
  explicit RowWriter(const ComparedRow& row) : row_(row) {
    for (const Figure& figure : row.figures) {
      if (figure.exists()) seconds_ = seconds_ || std::abs(figure.num / figure.den) >= 10 * kSecond;
    }
  }
  string label() const {
    if (!row_.is_time) return row_.name;
    return row_.name + (seconds_ ? " [s]" : " [ms]");
  }
  string text(const Figure& figure) const {
    if (!figure.exists()) return "-";
    if (row_.is_time) {
      const std::int64_t unit = seconds_ ? kSecond : kMillisecond;
      return decimal(figure.num, figure.den * unit, 2);
    }
    return decimal(figure.num, figure.den, row_.figure.starts_with("per ") ? 2 : 0);
  }

 private:
  const ComparedRow& row_;
  bool seconds_ = false;
};

// "*" beside what is best, "!" beside what must not be, and a space, so that digits stand below each other.
string mark(const ComparedRow& row, const std::vector<bool>& best, std::size_t design) {
  if (row.better == ComparedRow::Better::never) return row.figures[design].num != 0 ? " !" : "  ";
  return !best.empty() && best[design] ? " *" : "  ";
}

class Table {
 public:
  Table(const Comparison& of, std::size_t width) : columns_(of.designs.size(), kNarrowest) {
    for (std::size_t q = 0; q < of.questions.size(); ++q)
      add(of.questions[q], [&](std::size_t design) { return of.designs[design][q] + "  "; });
    for (const ComparedRow& row : of.rows) {
      const RowWriter writer(row);
      const std::vector<bool> best = best_of(row);
      add(writer.label(),
          [&](std::size_t design) { return writer.text(row.figures[design]) + mark(row, best, design); });
    }
    add("failed trials", [&](std::size_t design) {
      const std::uint64_t failed = of.verdicts[design].failed;
      return grouped(failed) + (failed != 0 ? " !" : "  ");
    });
    const auto undecided = [](const Verdicts& one) { return one.inconclusive != 0; };
    if (std::any_of(of.verdicts.begin(), of.verdicts.end(), undecided)) {
      add("inconclusive trials",
          [&](std::size_t design) { return grouped(of.verdicts[design].inconclusive) + "  "; });
    }
    width_ = width;
  }

  string text() const {
    string out;
    for (std::size_t from = 0; from < columns_.size();) {
      std::size_t until = from;
      std::size_t used = labels_;
      while (until < columns_.size() && (until == from || used + kGap + columns_[until] <= width_))
        used += kGap + columns_[until++];
      if (!out.empty()) out += "\n";
      for (const Line& one : lines_) out += line(one, from, until);
      from = until;
    }
    return out;
  }

 private:
  struct Line {
    string label;
    std::vector<string> cells;  // by design
  };

  template <class Cell>
  void add(const string& label, Cell&& cell) {
    Line& line = lines_.emplace_back(Line{label, {}});
    labels_ = std::max(labels_, display_width(label));
    for (std::size_t design = 0; design < columns_.size(); ++design) {
      line.cells.push_back(cell(design));
      columns_[design] = std::max(columns_[design], display_width(line.cells.back()));
    }
  }

  string line(const Line& of, std::size_t from, std::size_t until) const {
    string out = to_left(of.label, labels_);
    for (std::size_t i = from; i < until; ++i) out += repeated(kGap) + to_right(of.cells[i], columns_[i]);
    while (out.ends_with(' ')) out.pop_back();
    return out + "\n";
  }

  std::vector<Line> lines_;
  std::vector<std::size_t> columns_;  // their widths
  std::size_t labels_ = 0;
  std::size_t width_ = 0;
};

string joined(const std::vector<string>& words, std::string_view between = ", ") {
  string out;
  for (const string& word : words) out.append(out.empty() ? "" : between).append(word);
  return out;
}

string paragraph(const string& text, std::size_t width) {
  string out;
  for (const string& line : wrapped(text, width)) out += line + "\n";
  return out;
}

string headline(const Comparison& of) {
  std::vector<string> scenarios;
  for (const string& scenario : of.scenarios) {
    if (std::find(scenarios.begin(), scenarios.end(), scenario) == scenarios.end())
      scenarios.push_back(scenario);
  }
  const string faults = of.faults == "none" ? "no faults" : "faults: " + of.faults;
  string out = joined(of.questions, " × ") + " on " + joined(scenarios) + ", seeds " +
               std::to_string(of.first_seed) + ".." + std::to_string(of.last_seed) + ", " + faults;
  if (!of.fixed.empty()) out += ", " + joined(of.fixed);
  if (!of.stopped.empty()) out += "; " + of.stopped + " after " + grouped(of.seeds) + " of these seeds";
  return out;
}

// Rows in which a difference could have been found, and none is sure.
string not_significant(const Comparison& of) {
  std::vector<string> names;
  for (const ComparedRow& row : of.rows) {
    const bool may_differ =
        row.better == ComparedRow::Better::less || row.better == ComparedRow::Better::more;
    if (may_differ && best_of(row).empty()) names.push_back(row.name);
  }
  if (names.empty()) return "";
  return "No significant difference in: " + joined(names) + ".";
}

string held_equal(const Comparison& of) {
  string out = "Held equal: seeds, workload and everybody's choices";
  if (of.faults != "none" && of.same_plan) out += ", and the fault plan of each seed";
  out += "; only what the columns name differs. ";
  if (!of.left_out.empty()) out += "Left out: " + joined(of.left_out) + ". ";
  if (of.faults != "none" && !of.same_plan)
    out += "The hosts differ, so faults are drawn for each scenario by itself. ";
  return out + "Times are virtual.";
}

string meanings(const Comparison& of, std::size_t width) {
  std::vector<std::pair<string, string>> rows;
  std::size_t wide = 0;
  for (const ComparedRow& row : of.rows) {
    if (!rows.empty() && rows.back().first == row.measure) continue;
    rows.emplace_back(row.measure, row.says);
    wide = std::max(wide, display_width(row.measure));
  }
  string out;
  for (const auto& [name, says] : rows) {
    string before = "  " + to_left(name, wide + kGap);
    const std::size_t indent = display_width(before);
    for (const string& line : wrapped(says, width > indent + 20 ? width - indent : 20)) {
      out += before + line + "\n";
      before = repeated(indent);
    }
  }
  return out;
}

string failures(const Comparison& of) {
  string out;
  for (std::size_t i = 0; i < of.designs.size(); ++i) {
    const Verdicts& verdicts = of.verdicts[i];
    if (verdicts.failed == 0) continue;
    out += joined(of.designs[i], " × ") + " broke " + verdicts.first_broken + ", first in seed " +
           std::to_string(verdicts.first_failed) + ":\n  " + verdicts.again + "\n";
  }
  return out;
}

}  // namespace

string comparison_text(const Comparison& of, const Style& style) {
  string out = paragraph(headline(of), style.width) + "\n" + Table(of, style.width).text();
  const string broken = failures(of);
  if (!broken.empty()) out += "\n" + broken;
  if (style.quiet) return out;
  out +=
      "\n" + paragraph("* none is significantly better (sign test over the seeds, 1 in 1000).", style.width);
  const string same = not_significant(of);
  if (!same.empty()) out += paragraph(same, style.width);
  out += paragraph(held_equal(of), style.width);
  return out + "\n" + meanings(of, style.width);
}

}  // namespace ordeal::reports
