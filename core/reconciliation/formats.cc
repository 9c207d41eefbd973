#include "core/reconciliation/formats.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/reconciliation/alipay.h"
#include "core/reconciliation/archive.h"
#include "core/reconciliation/camt053.h"
#include "core/reconciliation/charset.h"
#include "core/reconciliation/flat.h"
#include "core/reconciliation/plain.h"
#include "core/reconciliation/wechat.h"
#include "core/reconciliation/whole.h"

namespace ordeal::reconciliation {
namespace {

constexpr std::array kFormats{
    Format{"plain", "a simple CSV of one's own: number,kind,amount,fee,state,time", read_plain, false},
    Format{"wechat-trade", "WeChat Pay's trade bill, 27 or 24 columns", read_wechat_trade},
    Format{"wechat-fund", "WeChat Pay's fund flow bill", read_wechat_fund},
    Format{"wechat-answer", "WeChat Pay's answer that there is no bill, JSON or XML", read_wechat_answer},
    Format{"alipay-trade", "Alipay's trade details, CSV in GBK, or in its zip", read_alipay_trade, true,
           "业务明细"},
    Format{"alipay-fund", "Alipay's fund details, CSV in GBK, or in its zip", read_alipay_fund, true,
           "账务明细"},
    Format{"camt053", "a bank's statement, ISO 20022 camt.053", read_camt053},
    Format{"unionpay-flat", "UnionPay's flat merchant file (ZM)", read_flat},
};

// Enough for the longest line of names.
constexpr std::size_t kHead = 4096;

// The beginning that was looked at, then the rest.
class Headed final : public Source {
 public:
  Headed(std::string head, Source& rest) : head_(std::move(head)), rest_(rest) {}
  std::size_t read(std::span<char> to) override {
    if (at_ == head_.size()) return rest_.read(to);
    const std::size_t n = head_.copy(to.data(), to.size(), at_);
    at_ += n;
    return n;
  }
  Refused failure() const override { return rest_.failure(); }

 private:
  std::string head_;
  std::size_t at_ = 0;
  Source& rest_;
};

Refused read_head(Source& source, std::string& head) {
  head.resize(kHead);
  std::size_t there = 0;
  while (there < kHead) {
    const std::size_t n = source.read(std::span(head).subspan(there));
    if (n == 0) break;
    there += n;
  }
  head.resize(there);
  return source.failure();
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

std::string names_of_formats() {
  std::string out;
  for (const Format& format : kFormats) out += (out.empty() ? "" : ", ") + std::string(format.name);
  return out;
}

// The format whose names of columns these are, in UTF-8.
std::string_view by_first_line(std::string_view line) {
  if (line.starts_with("#支付宝业务明细")) return "alipay-trade";
  if (line.starts_with("#支付宝账务明细")) return "alipay-fund";
  if (line.starts_with('#')) return "";
  if (has(line, "资金流水单号") || has(line, "记账时间")) return "wechat-fund";
  if (has(line, "微信订单号") || has(line, "交易时间")) return "wechat-trade";
  return has(line, "number") && has(line, "kind") ? "plain" : "";
}

bool looks_flat(std::string_view line) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return line.size() > 200 && line[0] >= 'A' && line[0] <= 'Z' && digit(line[1]) && digit(line[2]) &&
         line[3] == ' ';
}

// By the first bytes; a refusal says why none fits.
Refused recognise(std::string_view head, const Format*& format) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
    return Refusal{.line = 1, .column = 1, .what = "UTF-16: bills are UTF-8 or GBK"};
  if (const std::size_t zero = head.find('\0'); zero != head.npos)
    return refused_at(head, zero, "a zero byte: this is a binary file, not a bill");
  std::string_view text = head;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  std::string_view name;
  if (text.starts_with('{')) name = "wechat-answer";
  if (text.starts_with('<')) name = has(text.substr(0, 256), "<xml>") ? "wechat-answer" : "camt053";
  const std::string_view line = text.substr(0, text.find('\n'));
  if (name.empty() && looks_flat(line)) name = "unionpay-flat";
  if (name.empty()) {
    Decoder utf8(Charset::utf8);
    Decoder gbk(Charset::gbk);
    const bool is_utf8 = utf8.decode(line).has_value();
    name = is_utf8 ? by_first_line(line) : by_first_line(gbk.decode(line) ? gbk.before_bad() : "");
    const bool wants_gbk = name.starts_with("alipay");
    if (!name.empty() && is_utf8 == wants_gbk && !is_ascii(line))
      return Refusal{.line = 1,
                     .column = 1,
                     .what = fmt::format("{} in {}: that file is {}", name, is_utf8 ? "UTF-8" : "GBK",
                                         wants_gbk ? "GBK" : "UTF-8")};
  }
  format = format_named(name);
  if (format != nullptr) return std::nullopt;
  return Refusal{
      .line = 1, .column = 1, .what = "no known format begins like this; known are " + names_of_formats()};
}

Refused read_table(Source& source, const Format* format, const Asked& asked, EntrySink& sink,
                   Statement& statement) {
  std::string head;
  if (Refused refused = read_head(source, head)) return refused;
  if (head.empty())
    return Refusal{.what = "0 bytes: a day without business has a file, or an answer that says so"};
  if (format == nullptr) {
    if (Refused refused = recognise(head, format)) return refused;
  }
  statement.format = format->name;
  statement.is_bill = format->is_bill;
  Headed whole(std::move(head), source);
  Taking taking(asked, sink, statement);
  return format->read(whole, taking);
}

// Of an archive the table of details; a summary lies beside it.
Refused choose(const Archive& archive, const Format*& format, const Archive::Member*& chosen) {
  std::vector<std::pair<const Archive::Member*, const Format*>> tables;
  for (const Archive::Member& member : archive.members()) {
    if (has(member.name, "汇总")) continue;
    for (const Format& known : kFormats) {
      if (known.in_archive.empty() || !has(member.name, known.in_archive)) continue;
      if (format == nullptr || format == &known) tables.emplace_back(&member, &known);
    }
  }
  if (tables.empty()) {
    std::string names;
    for (const Archive::Member& member : archive.members())
      names += (names.empty() ? "" : ", ") + member.name;
    return Refusal{.what = fmt::format("no table of {} in it, only: {}",
                                       format == nullptr ? "业务明细 or 账务明细" : format->name, names)};
  }
  if (tables.size() > 1)
    return Refusal{.what = fmt::format("two tables in it: say which with --format {} or {}",
                                       tables[0].second->name, tables[1].second->name)};
  chosen = tables.front().first;
  format = tables.front().second;
  return std::nullopt;
}

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* format_named(std::string_view name) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& one) { return one.name == name; });
  return found == kFormats.end() ? nullptr : found;
}

Refused read_statement(Source& source, const Format* format, const Asked& asked, EntrySink& sink,
                       Statement& statement) {
  std::string head;
  if (Refused refused = read_head(source, head)) return refused;
  const bool packed = is_archive(head);
  Headed whole(std::move(head), source);
  if (!packed) return read_table(whole, format, asked, sink, statement);
  std::string bytes;
  if (Refused refused = read_whole(whole, kLargestArchive, bytes)) return refused;
  Archive archive;
  if (Refused refused = archive.open(bytes)) return refused;
  const Archive::Member* member = nullptr;
  if (Refused refused = choose(archive, format, member)) return refused;
  const auto unpacked = archive.source(*member);
  Refused refused = read_table(*unpacked, format, asked, sink, statement);
  if (refused && refused->line != 0) refused->what += fmt::format(" (in {})", member->name);
  return refused;
}

Refused AsFunds::take(const Entry& entry) {
  if (flow_of(entry.kind) == Flow::funds) return sink_.take(entry);
  if (!moves_money(entry.state)) return std::nullopt;
  Entry moved = entry;
  moved.kind = is_incoming(entry.kind) ? Kind::credit : Kind::debit;
  moved.state = State::success;
  moved.amount = entry.settled;
  moved.has_fee = false;
  moved.fee = 0;
  if (moved.amount != 0) {
    if (Refused refused = sink_.take(moved)) return refused;
  }
  const std::int64_t size = entry.fee < 0 ? -entry.fee : entry.fee;
  moved.amount = moved.settled = (size + kFeePerMinor / 2) / kFeePerMinor;
  if (!entry.has_fee || moved.amount == 0) return std::nullopt;
  moved.kind = entry.fee < 0 ? Kind::fee_back : Kind::fee;
  return sink_.take(moved);
}

}  // namespace ordeal::reconciliation
