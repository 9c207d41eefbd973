#include "scenarios/flows/purchase/parties/channel_callbacks.h"

#include <utility>

#include "core/channel/form.h"
#include "scenarios/flows/purchase/parties/facts.h"

namespace ordeal::purchase {
namespace {

using channel::Notice;
using channel::TradeStatus;
using namespace ordeal::literals;

// How long the channel waits for an acknowledgement before it counts the send as failed.
constexpr Duration kAckDeadline = 5_s;
constexpr Duration kLateCallback = 30_min;
constexpr Duration kReplayAfter = 3_h;
constexpr int kStorm = 5;

bool is_of_payment(const Notice& notice) {
  return notice.status == TradeStatus::success || notice.status == TradeStatus::finished;
}

// As the channel would write it whose next version has one status more.
std::string in_a_newer_form(const Notice& notice, const channel::Signer& signer) {
  channel::Form form;
  form.add("notify_id", notice.notify_id);
  form.add("app_id", notice.app_id);
  form.add("seller_id", notice.seller_id);
  form.add("out_trade_no", notice.out_trade_no);
  form.add("trade_no", notice.trade_no);
  form.add("trade_status", "TRADE_UNDER_REVIEW");
  form.add("amount", std::to_string(notice.amount.minor));
  form.add("currency", notice.amount.currency.text());
  return form.encode_signed(signer);
}

}  // namespace

ChannelCallbacks::ChannelCallbacks(sim::Process& process, const channel::Account& account, const Books& books)
    : process_(process),
      sim_(process.simulation()),
      account_(account),
      profile_(*account.profile),
      books_(books),
      stranger_(channel::make_hmac_signer("a stranger's key")) {}

Notice ChannelCallbacks::notice_of(const std::string& out_trade_no, TradeStatus status) {
  const ChannelTrade* trade = books_.trade(account_.name, out_trade_no);
  return {base32(process_.env().random.bits("notify id") >> 14),
          account_.app_id,
          account_.seller_id,
          out_trade_no,
          trade->trade_no,
          status,
          trade->amount};
}

void ChannelCallbacks::tell_paid(const std::string& out_trade_no) {
  const Notice notice = notice_of(out_trade_no, TradeStatus::success);
  switch (sim_.fork(process_.host(), kCallbackStartFork, kCallbackStartWays)) {
    case 1:
      sim_.mark("callback before the answer");
      keep_notifying(notice, /*before_answer=*/true);
      return;
    case 2:
      process_.env().tasks.spawn("notify", [this, notice] {
        process_.env().tasks.sleep(kLateCallback);
        keep_notifying(notice, false);
      });
      return;
    case 3:
      sim_.mark("callback never sent");
      process_.env().log.line([&] { return "will never call back about " + out_trade_no; });
      return;
    default:
      keep_notifying(notice, false);
  }
}

void ChannelCallbacks::tell_paid_at_last(const std::string& out_trade_no) {
  keep_notifying(notice_of(out_trade_no, TradeStatus::success), false);
}

void ChannelCallbacks::tell_closed(const std::string& out_trade_no) {
  if (sim_.fork(process_.host(), kClosingNoticeFork, kClosingNoticeWays) == 0) return;
  sim_.mark("closing told by callback");
  keep_notifying(notice_of(out_trade_no, TradeStatus::closed), false);
}

// Sends until acknowledged or the schedule is over: first send, then one after each gap.
void ChannelCallbacks::keep_notifying(Notice notice, bool before_answer) {
  const bool heard = before_answer && send_once(notice, 1);
  if (heard) return;
  process_.env().tasks.spawn("notify", [this, notice = std::move(notice), before_answer] {
    std::int64_t attempt = 1;
    if (!before_answer && send_once(notice, attempt)) return;
    for (const Duration gap : profile_.notify_gaps) {
      process_.env().tasks.sleep(gap);
      if (send_once(notice, ++attempt)) return;
    }
    sim_.mark("callback schedule exhausted");
  });
}

bool ChannelCallbacks::send_once(const Notice& notice, std::int64_t attempt) {
  const std::size_t taken = sim_.fork(process_.host(), kCallbackFork, kCallbackWays);
  const std::string_view way = kCallbackWays[taken];
  if (way == "lost") {
    process_.env().log.line([&] { return "loses its callback about " + notice.out_trade_no; });
    return false;
  }
  if (way == "twice" || way == "storm") {
    const int copies = way == "twice" ? 1 : kStorm;
    for (int i = 0; i < copies; ++i)
      process_.env().tasks.spawn("copy", [this, notice, attempt] { post(notice, attempt); });
  } else if (way == "replayed") {
    replay_later(notice, attempt);
  } else if (way == "waiting") {
    Notice older = notice;
    older.status = TradeStatus::wait_buyer_pay;
    post(older, attempt);
  } else if (way == "finished") {
    Notice in_other_words = notice;
    if (is_of_payment(notice)) in_other_words.status = TradeStatus::finished;
    return post(in_other_words, attempt);
  } else if (taken != 0) {
    forge(notice, attempt, way);
  }
  return post(notice, attempt);
}

// An old envelope found again: genuine, signed, long answered. By then the order may be closed, the money returned.
void ChannelCallbacks::replay_later(const Notice& notice, std::int64_t attempt) {
  process_.env().tasks.spawn("replay", [this, notice, attempt] {
    process_.env().tasks.sleep(kReplayAfter);
    const ChannelTrade* trade = books_.trade(account_.name, notice.out_trade_no);
    sim_.mark("old callback replayed");
    if (trade->refunded.is_positive()) sim_.mark("callback after the refund");
    post(notice, attempt);
  });
}

bool ChannelCallbacks::post(const Notice& notice, std::int64_t attempt) {
  return send(notice, channel::encode(notice, profile_, *account_.theirs), attempt, /*genuine=*/true);
}

bool ChannelCallbacks::send(const Notice& notice, const std::string& body, std::int64_t attempt,
                            bool genuine) {
  const bool of_payment = is_of_payment(notice);
  sim_.emit(env::Message::of(facts::CallbackSent{notice.out_trade_no, attempt, genuine, of_payment}),
            process_.host().id(), sim_.cause());
  // It calls where the merchant said when the trade was made.
  const ChannelTrade* trade = books_.trade(account_.name, notice.out_trade_no);
  const std::string& url = trade == nullptr ? account_.notify_url : trade->notify_url;
  const auto answer = process_.env().http.post(url, body, kAckDeadline);
  const bool acknowledged = answer.ok() && channel::acknowledges(profile_, *answer);
  sim_.emit(env::Message::of(facts::CallbackAnswered{notice.out_trade_no, genuine, acknowledged, of_payment}),
            process_.host().id(), sim_.cause());
  return acknowledged;
}

void ChannelCallbacks::forge(Notice notice, std::int64_t attempt, std::string_view way) {
  if (way == "wrong_amount") notice.amount.minor += 1;
  if (way == "other_app") notice.app_id += "-2";
  if (way == "other_seller") notice.seller_id += "-2";
  if (way == "other_trade") point_at_another_channel(notice);
  const channel::Signer& key = way == "bad_signature" ? *stranger_ : *account_.theirs;
  std::string body =
      way == "new_status" ? in_a_newer_form(notice, key) : channel::encode(notice, profile_, key);
  if (way == "polluted") body += "&amount=1";
  send(notice, body, attempt, /*genuine=*/false);
  sim_.mark("forged callback sent");
}

// One that still waits for its money there; else a number that nobody ever made.
void ChannelCallbacks::point_at_another_channel(Notice& notice) const {
  for (const auto& [channel, trades] : books_.trades) {
    if (channel == account_.name) continue;
    for (const auto& [number, trade] : trades) {
      if (trade.state != TradeState::wait_buyer_pay) continue;
      notice.out_trade_no = number;
      notice.amount = trade.amount;
      return;
    }
  }
  notice.out_trade_no = AttemptId{1}.text();
}

}  // namespace ordeal::purchase
