#include "core/reconciliation/camt053.h"

#include <array>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "core/reconciliation/figures.h"
#include "core/reconciliation/whole.h"
#include "core/reconciliation/xml_tree.h"

namespace ordeal::reconciliation {
namespace {

// Children that the schema has (camt.053.001.08; older versions have fewer).
constexpr std::array<std::string_view, 3> kInMessage{"GrpHdr", "Stmt", "SplmtryData"};
constexpr std::array<std::string_view, 16> kInStatement{
    "Id",      "StmtPgntn", "ElctrncSeqNb", "RptgSeq", "LglSeqNb", "CreDtTm",   "FrToDt", "CpyDplctInd",
    "RptgSrc", "Acct",      "RltdAcct",     "Intrst",  "Bal",      "TxsSummry", "Ntry",   "AddtlStmtInf"};
constexpr std::array<std::string_view, 19> kInEntry{
    "NtryRef",       "Amt",    "CdtDbtInd", "RvslInd",      "Sts",         "BookgDt", "ValDt",
    "AcctSvcrRef",   "Avlbty", "BkTxCd",    "ComssnWvrInd", "AddtlInfInd", "AmtDtls", "Chrgs",
    "TechInptChanl", "Intrst", "CardTx",    "NtryDtls",     "AddtlNtryInf"};

using Node = pugi::xml_node;

struct Signed {
  std::int64_t minor = 0;  // credit: above zero
};

class CamtReader {
 public:
  explicit CamtReader(Taking& taking) : taking_(taking) {}

  Refused read(std::string_view text) {
    taking_.statement().flow = Flow::funds;
    if (Refused refused = tree_.parse(text)) return refused;
    const Node message = child(tree_.root(), "BkToCstmrStmt");
    if (local_name(tree_.root()) != "Document" || !message)
      return tree_.at(tree_.root(), "<Document> with <BkToCstmrStmt> is expected, a camt.053");
    if (const Node odd = stranger(message, kInMessage)) return unknown(odd);
    statement_ = child(message, "Stmt");
    if (!statement_) return tree_.at(message, "no <Stmt> in it");
    for (Node next = statement_.next_sibling(); next; next = next.next_sibling()) {
      if (local_name(next) == "Stmt") return tree_.at(next, "a second <Stmt>: one statement a file is read");
    }
    if (const Node odd = stranger(statement_, kInStatement)) return unknown(odd);
    for (const auto step : {&CamtReader::read_head, &CamtReader::read_entries, &CamtReader::check_balances,
                            &CamtReader::check_summary}) {
      if (Refused refused = (this->*step)()) return refused;
    }
    return std::nullopt;
  }

 private:
  Refusal unknown(Node node) const {
    return tree_.at(node, fmt::format("<{}> is no element that camt.053 has here", local_name(node)));
  }
  Refusal wrong(Node node, std::string_view path, std::string_view expected) const {
    const Node found = at_path(node, path);
    return tree_.at(found ? found : node,
                    fmt::format("{}: \"{}\" where {} is expected", path, text_at(node, path), expected));
  }

  Refused read_head() {
    Statement& to = taking_.statement();
    if (const auto number = parse_whole(text_at(statement_, "ElctrncSeqNb"))) to.sequence = *number;
    const std::string_view code = text_at(statement_, "Acct/Ccy");
    if (!code.empty()) {
      const auto currency = Currency::parse(code);
      if (!currency) return wrong(statement_, "Acct/Ccy", "a currency like EUR");
      currency_ = *currency;
    }
    const Node range = child(statement_, "FrToDt");
    if (range) {
      const auto from = time_in(text_at(range, "FrDtTm"));
      const auto until = time_in(text_at(range, "ToDtTm"));
      if (!from) return wrong(range, "FrDtTm", "a time like 2026-01-05T00:00:00");
      if (!until || *until < *from) return wrong(range, "ToDtTm", "a time behind FrDtTm");
      to.first_day = day_of(*from);
      to.last_day = *until % kSecondsPerDay == 0 && *until > *from ? day_of(*until) - 1 : day_of(*until);
    } else if (const auto day = taking_.asked().day) {
      to.widen(*day);
    }
    if (taking_.asked().day && (to.first_day != *taking_.asked().day || to.last_day != *taking_.asked().day))
      return tree_.at(
          range, fmt::format("the statement is of {}, not of {}", dates_text(*to.first_day, *to.last_day),
                             date_text(*taking_.asked().day)));
    return std::nullopt;
  }

  // "2026-01-06T23:59:59.000+01:00": by the clock of the file, whatever its offset.
  static std::optional<std::int64_t> time_in(std::string_view text) {
    constexpr std::size_t kToSeconds = 19;
    return parse_at(text.substr(0, kToSeconds));
  }

  // The amount in an element <Amt>, with its currency if it says one.
  Refused read_amount(Node node, std::string_view path, std::int64_t& minor) {
    const Node amount = at_path(node, path);
    if (!amount) return tree_.at(node, fmt::format("no {} in <{}>", path, local_name(node)));
    const std::string_view code = amount.attribute("Ccy").value();
    if (!code.empty()) {
      const auto currency = Currency::parse(code);
      if (!currency || (currency_ && *currency_ != *currency))
        return tree_.at(amount, fmt::format("{}: an amount in {} where {} is expected", path, code,
                                            currency_ ? currency_->text() : "a currency"));
      currency_ = *currency;
    }
    const auto value = parse_decimal(text_at(amount, ""), decimals_of(currency_.value_or(Currency{})));
    if (!value)
      return wrong(node, path, "an amount with a point, with no more decimals than its currency has,");
    minor = *value;
    return std::nullopt;
  }

  Refused read_sign(Node node, bool& is_credit) const {
    const std::string_view text = text_at(node, "CdtDbtInd");
    is_credit = text == "CRDT";
    if (!is_credit && text != "DBIT") return wrong(node, "CdtDbtInd", "CRDT or DBIT");
    return std::nullopt;
  }
  Refused read_signed(Node node, Signed& value) {
    std::int64_t size = 0;
    if (Refused refused = read_amount(node, "Amt", size)) return refused;
    bool is_credit = false;
    if (Refused refused = read_sign(node, is_credit)) return refused;
    value.minor = is_credit ? size : -size;
    return std::nullopt;
  }

  Refused read_entries() {
    for (const Node node : statement_.children()) {
      if (local_name(node) != "Ntry") continue;
      if (const Node odd = stranger(node, kInEntry)) return unknown(odd);
      const Node status = child(node, "Sts");
      const std::string_view text = child(status, "Cd") ? text_at(status, "Cd") : text_at(status, "");
      if (text == "PDNG" || text == "INFO" || text == "FUTR") continue;
      if (text != "BOOK")
        return wrong(node, child(status, "Cd") ? "Sts/Cd" : "Sts", "BOOK, PDNG, INFO or FUTR");
      if (Refused refused = read_entry(node)) return refused;
    }
    return std::nullopt;
  }

  Refused read_entry(Node node) {
    Signed moved;
    if (Refused refused = read_signed(node, moved)) return refused;
    const std::string reference(text_at(node, "AcctSvcrRef"));
    if (!reference.empty() && !references_.insert(reference).second)
      return wrong(node, "AcctSvcrRef", "a reference that no entry above has");
    Entry entry{};
    entry.line = tree_.line_of(node);
    entry.currency = currency_.value_or(Currency{});
    if (Refused refused = read_day(node, entry)) return refused;
    const bool is_in = moved.minor >= 0;
    std::int64_t& side = is_in ? in_ : out_;
    if (__builtin_add_overflow(side, is_in ? moved.minor : -moved.minor, &side))
      return wrong(node, "Amt", "a sum that fits a file");
    if (is_in) ++credits_;
    ++entries_;
    is_charge_ = text_at(node, "BkTxCd/Domn/Fmly/SubFmlyCd") == "CHRG";
    std::vector<Node> details;
    for (const Node group : node.children()) {
      if (local_name(group) != "NtryDtls") continue;
      for (const Node one : group.children()) {
        if (local_name(one) == "TxDtls") details.push_back(one);
      }
    }
    return take_details(node, details, moved, reference, entry);
  }

  Refused read_day(Node node, Entry& entry) {
    const std::string_view day = text_at(node, "BookgDt/Dt");
    const auto at = day.empty() ? time_in(text_at(node, "BookgDt/DtTm")) : parse_date(day);
    if (!at) return wrong(node, "BookgDt", "a date like 2026-01-05");
    entry.at = *at;
    entry.only_day = !day.empty();
    const Statement& to = taking_.statement();
    if (to.first_day && (day_of(*at) < *to.first_day || day_of(*at) > *to.last_day))
      return tree_.at(child(node, "BookgDt"),
                      fmt::format("an entry of {} in the statement of {}", date_text(day_of(*at)),
                                  dates_text(*to.first_day, *to.last_day)));
    return std::nullopt;
  }

  Refused take_details(Node node, const std::vector<Node>& details, Signed moved,
                       const std::string& reference, Entry entry) {
    // A batch may be told without the amounts of its parts; then it is one entry.
    std::size_t with_amounts = 0;
    for (const Node one : details) with_amounts += child(one, "Amt") ? 1 : 0;
    if (details.size() <= 1 || with_amounts == 0) {
      if (details.size() == 1 && with_amounts == 1) {
        Signed part;
        if (Refused refused = read_part(details[0], moved, part)) return refused;
        if (part.minor != moved.minor) return differs(details[0], part, moved);
      }
      return take(node, details.size() == 1 ? details[0] : Node{}, moved, reference, entry);
    }
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < details.size(); ++i) {
      Signed part;
      if (Refused refused = read_part(details[i], moved, part)) return refused;
      if (__builtin_add_overflow(sum, part.minor, &sum)) return differs(details[i], part, moved);
      entry.line = tree_.line_of(details[i]);
      if (Refused refused = take(node, details[i], part, fmt::format("{}-{}", reference, i + 1), entry))
        return refused;
    }
    return sum == moved.minor ? Refused() : differs(node, Signed{sum}, moved);
  }

  Refusal differs(Node node, Signed parts, Signed whole) const {
    const int decimals = decimals_of(currency_.value_or(Currency{}));
    return tree_.at(
        node, fmt::format("the details add up to {}, the entry says {}", decimal_text(parts.minor, decimals),
                          decimal_text(whole.minor, decimals)));
  }

  Refused read_part(Node detail, Signed of_entry, Signed& part) {
    std::int64_t size = 0;
    if (Refused refused = read_amount(detail, "Amt", size)) return refused;
    bool is_credit = of_entry.minor >= 0;
    if (child(detail, "CdtDbtInd")) {
      if (Refused refused = read_sign(detail, is_credit)) return refused;
    }
    part.minor = is_credit ? size : -size;
    return std::nullopt;
  }

  Refused take(Node node, Node detail, Signed moved, const std::string& channel_number, Entry entry) {
    std::string_view number = text_at(detail, "Refs/EndToEndId");
    if (number.empty() || number == "NOTPROVIDED") number = channel_number;
    if (number.empty() || number.starts_with('-')) number = text_at(node, "NtryRef");
    if (number.empty())
      return tree_.at(node, "an entry without EndToEndId, AcctSvcrRef and NtryRef: nothing names it");
    const bool is_in = moved.minor >= 0;
    entry.kind =
        is_in ? (is_charge_ ? Kind::fee_back : Kind::credit) : (is_charge_ ? Kind::fee : Kind::debit);
    entry.amount = entry.settled = is_in ? moved.minor : -moved.minor;
    entry.number = number;
    entry.channel_number = channel_number;
    return taking_.take(entry, false);
  }

  Refused check_balances() {
    std::optional<Signed> opening;
    std::optional<Signed> closing;
    Node closing_node;
    for (const Node node : statement_.children()) {
      if (local_name(node) != "Bal") continue;
      const std::string_view code = text_at(node, "Tp/CdOrPrtry/Cd");
      if (code != "OPBD" && code != "PRCD" && code != "CLBD") continue;
      Signed value;
      if (Refused refused = read_signed(node, value)) return refused;
      if (code == "CLBD") closing = value, closing_node = node;
      if (code == "OPBD" || (code == "PRCD" && !opening)) opening = value;
    }
    if (!opening)
      return tree_.at(statement_, "no opening balance (OPBD or PRCD): the closing one cannot be checked");
    if (!closing) return tree_.at(statement_, "no closing balance (CLBD): the entries cannot be checked");
    if (opening->minor + in_ - out_ != closing->minor) {
      const int decimals = decimals_of(currency_.value_or(Currency{}));
      return tree_.at(
          child(closing_node, "Amt"),
          fmt::format("a closing balance of {}, {} and the entries make {}",
                      decimal_text(closing->minor, decimals), decimal_text(opening->minor, decimals),
                      decimal_text(opening->minor + in_ - out_, decimals)));
    }
    taking_.statement().opening = opening->minor;
    taking_.statement().closing = closing->minor;
    return std::nullopt;
  }

  Refused check_summary() {
    const Node summary = child(statement_, "TxsSummry");
    if (!summary) return std::nullopt;
    struct Total {
      std::string_view element;
      std::int64_t entries;
      std::int64_t sum;
    };
    for (const Total& total : {Total{"TtlNtries", entries_, in_ + out_}, Total{"TtlCdtNtries", credits_, in_},
                               Total{"TtlDbtNtries", entries_ - credits_, out_}}) {
      const Node node = child(summary, total.element);
      if (!node) continue;
      const std::string_view count = text_at(node, "NbOfNtries");
      if (!count.empty() && parse_whole(count) != total.entries)
        return wrong(node, "NbOfNtries", std::to_string(total.entries));
      const int decimals = decimals_of(currency_.value_or(Currency{}));
      if (child(node, "Sum") && parse_decimal(text_at(node, "Sum"), decimals) != total.sum)
        return wrong(node, "Sum", decimal_text(total.sum, decimals));
    }
    const Node net = at_path(summary, "TtlNtries/TtlNetNtry");
    Signed value;
    if (!net) return std::nullopt;
    if (Refused refused = read_signed(net, value)) return refused;
    return value.minor == in_ - out_
               ? Refused()
               : wrong(net, "Amt", decimal_text(in_ - out_, decimals_of(currency_.value_or(Currency{}))));
  }

  Taking& taking_;
  XmlTree tree_;
  Node statement_;
  std::optional<Currency> currency_;
  std::set<std::string> references_;
  std::int64_t in_ = 0;
  std::int64_t out_ = 0;
  std::int64_t entries_ = 0;
  std::int64_t credits_ = 0;
  bool is_charge_ = false;
};

}  // namespace

Refused read_camt053(Source& source, Taking& taking) {
  std::string text;
  if (Refused refused = read_whole(source, kLargestCamt, text)) return refused;
  return CamtReader(taking).read(text);
}

Refused continues(const Statement& before, const Statement& next) {
  if (before.closing && next.opening && *before.closing != *next.opening) {
    const int decimals = decimals_of(next.sums.currency.value_or(Currency{}));
    return Refusal{.what = fmt::format("it opens with {}, the one before closed with {}",
                                       decimal_text(*next.opening, decimals),
                                       decimal_text(*before.closing, decimals))};
  }
  if (before.sequence && next.sequence && *next.sequence != *before.sequence + 1)
    return Refusal{
        .what = fmt::format("it is statement {}, the one before was {}", *next.sequence, *before.sequence)};
  return std::nullopt;
}

}  // namespace ordeal::reconciliation
