#include "core/channel/profile.h"

#include "core/channel/bill_forms.h"

namespace ordeal::channel {
namespace {

using namespace literals;

// Eight sends within 24 h 24 min (domain 2.1).
constexpr std::array<Duration, 7> kAlipayGaps{4_min, 10_min, 10_min, 1_h, 2_h, 6_h, 15_h};
// Fifteen resends within 24 h 4 min (domain 2.2).
constexpr std::array<Duration, 15> kWechatGaps{15_s,   15_s,   30_s, 3_min, 10_min, 20_min, 30_min, 30_min,
                                               30_min, 60_min, 3_h,  3_h,   3_h,    6_h,    6_h};
constexpr std::array<Duration, 12> kAcquirerGaps{9_s,    9_s,    9_s, 2_min, 5_min, 10_min,
                                                 15_min, 30_min, 1_h, 2_h,   4_h,   8_h};

}  // namespace

const Profile kAlipay{
    .name = "alipay",
    .ack_rule = AckRule::exact_body,
    .ack_status = 200,
    .ack_body = "success",
    .refusal_status = 200,
    .refusal_body = "failure",
    .notify_gaps = kAlipayGaps,
    .code_valid = 2_h,
    .codes = {"10000", "10003", "20000", "ACQ.INVALID_SIGN", "ACQ.INVALID_PARAMETER", "ACQ.TRADE_NOT_EXIST",
              "ACQ.TRADE_HAS_SUCCESS", "ACQ.TRADE_HAS_CLOSE", "ACQ.CONTEXT_INCONSISTENT",
              "ACQ.BUYER_BALANCE_NOT_ENOUGH", "ACQ.SELLER_BALANCE_NOT_ENOUGH",
              "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "ACQ.REASON_TRADE_REFUND_FEE_ERR", "ACQ.BILL_NOT_READY",
              "ACQ.BILL_NOT_EXIST"},
    .statuses = {"WAIT_BUYER_PAY", "TRADE_CLOSED", "TRADE_SUCCESS", "TRADE_FINISHED"},
    .statement = {.layout = &kAlipayLayout,
                  .empty_day = EmptyDay::file_of_zeros,
                  .zone = {8_h},
                  .ready = 10_h},
};

const Profile kWechat{
    .name = "wechat",
    .ack_rule = AckRule::http_status,
    .ack_status = 204,
    .ack_body = "",
    .refusal_status = 500,
    .refusal_body = "{\"code\":\"FAIL\"}",
    .notify_gaps = kWechatGaps,
    .code_valid = 2_h,
    // The buyer's balance under the name of v2, the merchant's under that of v3: a code is read back by its name, so they differ.
    .codes = {"SUCCESS", "USERPAYING", "SYSTEM_ERROR", "SIGN_ERROR", "PARAM_ERROR", "ORDER_NOT_EXIST",
              "ORDERPAID", "ORDER_CLOSED", "OUT_TRADE_NO_USED", "NOTENOUGH", "NOT_ENOUGH", "INVALID_REQUEST",
              "REFUND_FEE_MISMATCH", "STATEMENT_CREATING", "NO_STATEMENT_EXIST"},
    .statuses = {"NOTPAY", "CLOSED", "SUCCESS", "REFUND"},
    .statement = {.layout = &kWechatLayout,
                  .empty_day = EmptyDay::no_statement,
                  .zone = {8_h},
                  .ready = 10_h},
};

const Profile kAcquirer{
    .name = "acquirer",
    .ack_rule = AckRule::http_status,
    .ack_status = 200,
    .ack_body = "",
    .refusal_status = 500,
    .refusal_body = "",
    .notify_gaps = kAcquirerGaps,
    .code_valid = 2_h,
    .codes = {"Ok", "Pending", "Error", "InvalidSignature", "InvalidParameter", "NotFound", "AlreadyPaid",
              "Expired", "Conflict", "Refused", "BalanceShort", "RefundConflict", "RefundExceeds",
              "ReportPending", "NoReport"},
    .statuses = {"Open", "Expired", "Authorised", "Settled"},
    .statement = {.layout = &kAcquirerLayout,
                  .empty_day = EmptyDay::file_of_zeros,
                  .zone = {1_h, Summer::european},
                  .ready = 10_h},
};

const Profile* find_profile(std::string_view name) {
  for (const Profile* profile : {&kAlipay, &kWechat, &kAcquirer}) {
    if (profile->name == name) return profile;
  }
  return nullptr;
}

env::HttpResponse acknowledgement(const Profile& profile) {
  return {profile.ack_status, std::string(profile.ack_body)};
}

env::HttpResponse refusal(const Profile& profile) {
  return {profile.refusal_status, std::string(profile.refusal_body)};
}

bool acknowledges(const Profile& profile, const env::HttpResponse& answer) {
  switch (profile.ack_rule) {
    case AckRule::exact_body:
      return answer.body == profile.ack_body;
    case AckRule::http_status:
      return answer.status == 200 || answer.status == 204;
  }
  return false;
}

}  // namespace ordeal::channel
