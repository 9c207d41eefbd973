#include "core/channel/trade.h"

#include <charconv>
#include <optional>
#include <span>

#include "core/channel/form.h"

namespace ordeal::channel {
namespace {

constexpr std::array<std::string_view, 6> kMethods{"trade.precreate", "trade.pay",    "trade.query",
                                                   "trade.close",     "trade.refund", "statement.download"};

template <class E>
std::optional<E> find_name(std::span<const std::string_view> names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

void add_amount(Form& form, Money amount) {
  form.add("amount", std::to_string(amount.minor));
  form.add("currency", amount.currency.text());
}

void add_if(Form& form, std::string_view key, std::string_view value) {
  if (!value.empty()) form.add(key, value);
}

void add_if(Form& form, std::string_view key, const std::optional<Day>& day) {
  if (day) form.add(key, day->text());
}

// Reads fields of a form; the first one that is missing or wrong spoils the whole.
class Reader {
 public:
  explicit Reader(const Form& form) : form_(form) {}

  bool ok() const { return ok_; }
  std::string text(std::string_view key) {
    const auto value = form_.get(key);
    ok_ = ok_ && value.has_value();
    return std::string(value.value_or(""));
  }
  std::string text_if(std::string_view key) const { return std::string(form_.get(key).value_or("")); }
  std::int64_t integer(std::string_view key) {
    const std::string_view digits = form_.get(key).value_or("");
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    ok_ = ok_ && !digits.empty() && error == std::errc{} && end == digits.data() + digits.size();
    return value;
  }
  // Absent as a whole, or a payable amount with its currency (I-30).
  Money amount_if_present() {
    if (!form_.get("amount") && !form_.get("currency")) return {};
    const auto currency = Currency::parse(text("currency"));
    const Money amount{integer("amount"), currency.value_or(Currency{})};
    ok_ = ok_ && currency.has_value() && amount.is_payable();
    return amount;
  }
  std::optional<Day> day_if_present(std::string_view key) {
    const auto text = form_.get(key);
    if (!text) return std::nullopt;
    const auto day = Day::parse(*text);
    ok_ = ok_ && day.has_value();
    return day;
  }
  template <class E>
  E name(std::string_view key, std::span<const std::string_view> names) {
    const auto value = find_name<E>(names, form_.get(key).value_or(""));
    ok_ = ok_ && value.has_value();
    return value.value_or(E{});
  }

 private:
  const Form& form_;
  bool ok_ = true;
};

template <class T>
Result<T, FormError> decode(std::string_view body, const Signer& signer, T (*read)(Reader&, const Profile*),
                            const Profile* profile) {
  const auto form = Form::parse(body);
  if (!form) return Err{FormError::malformed};
  if (!form->verify(signer)) return Err{FormError::bad_signature};
  Reader reader(*form);
  T value = read(reader, profile);
  if (!reader.ok()) return Err{FormError::bad_field};
  return value;
}

}  // namespace

// Fields are added in the order of their keys, nearly: sorting them has little to move.
std::string encode(const TradeRequest& request, const Signer& signer) {
  Form form;
  if (request.amount.is_positive()) add_amount(form, request.amount);
  form.add("app_id", request.app_id);
  add_if(form, "bill_date", request.day);
  add_if(form, "buyer", request.buyer);
  if (request.expires_at != Instant{}) form.add("expires_at", std::to_string(request.expires_at.ns));
  form.add("method", kMethods[static_cast<std::size_t>(request.method)]);
  add_if(form, "notify_url", request.notify_url);
  add_if(form, "out_request_no", request.out_request_no);
  form.add("out_trade_no", request.out_trade_no);
  form.add("seller_id", request.seller_id);
  return form.encode_signed(signer);
}

std::string encode(const TradeReply& reply, const Profile& profile, const Signer& signer) {
  Form form;
  if (reply.amount.is_positive()) add_amount(form, reply.amount);
  add_if(form, "bill", reply.statement);
  add_if(form, "bill_date", reply.day);
  form.add("code", profile.codes[static_cast<std::size_t>(reply.code)]);
  if (reply.fund_change) form.add("fund_change", "Y");
  form.add("out_trade_no", reply.out_trade_no);
  add_if(form, "pay_code", reply.pay_code);
  add_if(form, "trade_no", reply.trade_no);
  form.add("trade_status", profile.statuses[static_cast<std::size_t>(reply.status)]);
  return form.encode_signed(signer);
}

std::string encode(const Notice& notice, const Profile& profile, const Signer& signer) {
  Form form;
  add_amount(form, notice.amount);
  form.add("app_id", notice.app_id);
  form.add("notify_id", notice.notify_id);
  form.add("out_trade_no", notice.out_trade_no);
  form.add("seller_id", notice.seller_id);
  form.add("trade_no", notice.trade_no);
  form.add("trade_status", profile.statuses[static_cast<std::size_t>(notice.status)]);
  return form.encode_signed(signer);
}

Result<TradeRequest, FormError> decode_request(std::string_view body, const Signer& signer) {
  return decode<TradeRequest>(
      body, signer,
      [](Reader& reader, const Profile*) {
        TradeRequest request;
        request.method = reader.name<Method>("method", kMethods);
        request.app_id = reader.text("app_id");
        request.seller_id = reader.text("seller_id");
        request.out_trade_no = reader.text("out_trade_no");
        request.out_request_no = reader.text_if("out_request_no");
        request.amount = reader.amount_if_present();
        request.buyer = reader.text_if("buyer");
        if (!reader.text_if("expires_at").empty()) request.expires_at = {reader.integer("expires_at")};
        request.notify_url = reader.text_if("notify_url");
        request.day = reader.day_if_present("bill_date");
        return request;
      },
      nullptr);
}

Result<TradeReply, FormError> decode_reply(std::string_view body, const Profile& profile,
                                           const Signer& signer) {
  return decode<TradeReply>(
      body, signer,
      [](Reader& reader, const Profile* names) {
        TradeReply reply;
        reply.code = reader.name<Code>("code", names->codes);
        reply.status = reader.name<TradeStatus>("trade_status", names->statuses);
        reply.out_trade_no = reader.text("out_trade_no");
        reply.trade_no = reader.text_if("trade_no");
        reply.pay_code = reader.text_if("pay_code");
        reply.amount = reader.amount_if_present();
        reply.fund_change = reader.text_if("fund_change") == "Y";
        reply.day = reader.day_if_present("bill_date");
        reply.statement = reader.text_if("bill");
        return reply;
      },
      &profile);
}

Result<Notice, FormError> decode_notice(std::string_view body, const Profile& profile, const Signer& signer) {
  return decode<Notice>(
      body, signer,
      [](Reader& reader, const Profile* names) {
        Notice notice;
        notice.notify_id = reader.text("notify_id");
        notice.app_id = reader.text("app_id");
        notice.seller_id = reader.text("seller_id");
        notice.out_trade_no = reader.text("out_trade_no");
        notice.trade_no = reader.text("trade_no");
        notice.status = reader.name<TradeStatus>("trade_status", names->statuses);
        notice.amount = reader.amount_if_present();
        return notice;
      },
      &profile);
}

}  // namespace ordeal::channel
