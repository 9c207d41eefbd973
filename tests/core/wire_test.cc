// The codec, on types that come out of the wire table: what goes out in JSON comes back the same, and nothing
// else comes in.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/api/ack.h"
#include "core/api/facts.h"
#include "core/api/notification.h"
#include "core/base/fields.h"

namespace ordeal {
namespace {

std::int64_t any_integer() { return *rc::gen::arbitrary<std::int64_t>(); }
std::string any_text() { return *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)); }
Money any_money() { return {any_integer(), *Currency::parse(*rc::gen::element("CNY", "USD", "EUR"))}; }
std::vector<api::Line> any_lines() {
  std::vector<api::Line> lines(*rc::gen::inRange<std::size_t>(0, 5));
  for (api::Line& line : lines) line = {SkuId{any_integer()}, any_integer()};
  return lines;
}

// Equal digests stand for equal values: the digest covers every field.
template <class T>
void expect_round_trip(const T& value) {
  const auto message = env::Message::of(value);
  const auto json = message.to_json();
  RC_ASSERT(nlohmann::json::accept(json));
  const auto back = env::Message::from_json(T::type(), json);
  RC_ASSERT(back.ok());
  RC_ASSERT(back->digest() == message.digest());
  RC_ASSERT(back->to_json() == json);
}

RC_GTEST_PROP(Wire, RoundTripsOfStrings_Vectors_Money, ()) {
  expect_round_trip(api::PlaceOrder{UserId{any_integer()}, any_text(), any_lines(), any_money(), {}});
}
RC_GTEST_PROP(Wire, RoundTripsOfAddedFields, ()) {
  api::PlaceOrder request{UserId{any_integer()}, any_text(), any_lines(), any_money(), {}};
  const auto before = env::Message::of(request);
  RC_ASSERT(before.to_json().find("discounts") == std::string::npos);
  request.discounts = api::Discounts{{CouponId{any_integer()}}, any_integer()};
  expect_round_trip(request);
  RC_ASSERT(env::Message::of(request).digest() != before.digest());
}
RC_GTEST_PROP(Wire, RoundTripsOfEnumsAndInstants, ()) {
  expect_round_trip(api::StartPayment{OrderId{any_integer()}, UserId{any_integer()}, any_money(), any_text(),
                                      *rc::gen::element(api::PayMode::page, api::PayMode::direct_debit),
                                      Instant{any_integer()}});
}
RC_GTEST_PROP(Wire, RoundTripsOfNestedStructs, ()) {
  api::facts::EntryPosted fact{EntryId{any_integer()}, api::EntryKind::refund, OrderId{any_integer()}, {}};
  fact.postings.resize(*rc::gen::inRange<std::size_t>(0, 4));
  for (api::Posting& posting : fact.postings) posting = {api::Account::platform_fee, any_money()};
  expect_round_trip(fact);
}
RC_GTEST_PROP(Wire, RoundTripsOfBools, ()) { expect_round_trip(api::Ack{*rc::gen::arbitrary<bool>()}); }

RC_GTEST_PROP(Wire, DigestsTellPayloadsApart, ()) {
  const api::PlaceOrder one{UserId{1}, "k", any_lines(), any_money(), {}};
  api::PlaceOrder other = one;
  other.lines.push_back({SkuId{1}, 1});
  RC_ASSERT(env::Message::of(one).digest() != env::Message::of(other).digest());
  other = one;
  other.expected_total.minor ^= 1;
  RC_ASSERT(env::Message::of(one).digest() != env::Message::of(other).digest());
}

TEST(Wire, JsonIsWhatTheHeaderSays) {
  const api::MerchantNotice notice{OrderId{5}, api::OrderState::closed, {1234, {}}, 3};
  EXPECT_EQ(env::Message::of(notice).to_json(),
            R"({"order":5,"state":"CLOSED","amount":{"minor":1234,"currency":"CNY"},"version":3})");
  EXPECT_EQ(env::Message::of(api::ChannelNotify{"a\"b\\c\n", ""}).to_json(),
            R"({"channel":"a\"b\\c\u000a","body":""})");
}

TEST(Wire, ReadingIsStrictAndNamesTheField) {
  struct Case {
    const char* json;
    const char* error;
  };
  const Case cases[] = {
      {R"({"order":1,"lines":[]})", ""},
      {R"({"order":1)", "not JSON"},
      {R"([])", ": expected an object"},
      {R"({"lines":[]})", "order: missing"},
      {R"({"order":"1","lines":[]})", "order: expected an integer"},
      {R"({"order":1.5,"lines":[]})", "order: expected an integer"},
      {R"({"order":18446744073709551615,"lines":[]})", "order: expected an integer"},
      {R"({"order":1,"lines":{}})", "lines: expected an array"},
      {R"({"order":1,"lines":[{"sku":1,"qty":2},{"sku":1}]})", "lines[1].qty: missing"},
      {R"({"order":1,"lines":[{"sku":1,"qty":2,"x":0}]})", "lines[0].x: unknown field"},
      {R"({"order":1,"lines":[],"more":1})", "more: unknown field"},
  };
  for (const Case& c : cases) {
    const auto read = env::Message::from_json(api::Reserve::type(), c.json);
    EXPECT_EQ(read.ok() ? "" : read.error(), c.error) << c.json;
  }
  const auto notice = [](const char* state, const char* money) {
    const auto read = env::Message::from_json(
        api::MerchantNotice::type(),
        std::string(R"({"order":1,"version":1,"state":)") + state + R"(,"amount":)" + money + "}");
    return read.ok() ? std::string() : read.error();
  };
  EXPECT_EQ(notice(R"("PAID")", R"({"minor":1,"currency":"CNY"})"), "");
  EXPECT_EQ(notice(R"("PAYED")", R"({"minor":1,"currency":"CNY"})"), "state: unknown name \"PAYED\"");
  EXPECT_EQ(notice(R"("PAID")", R"({"minor":1})"), "amount.currency: missing");
  EXPECT_EQ(notice(R"("PAID")", R"({"minor":1,"currency":"XXX"})"),
            "amount.currency: unknown currency \"XXX\"");
  EXPECT_EQ(notice(R"("PAID")", "12"), "amount: expected {\"minor\", \"currency\"}");
}

// White space before it sends a text the long way: both ways read it alike, and say the same of what is wrong.
TEST(Wire, TheShortWayReadsWhatTheLongOneReads) {
  const auto read = [](const env::MessageType& type, const std::string& json) {
    const auto message = env::Message::from_json(type, json);
    return message.ok() ? message->to_json() : message.error();
  };
  const env::Message messages[] = {
      env::Message::of(api::PlaceOrder{UserId{-7}, "a key", {{SkuId{0}, 10}, {SkuId{2}, 1}}, {100, {}}, {}}),
      env::Message::of(api::MerchantNotice{OrderId{5}, api::OrderState::closed, {1234, {}}, 3}),
      env::Message::of(api::ChannelNotify{"a\"b\\c\n", "\xc3\xa9"}), env::Message::of(api::Ack{true})};
  for (const env::Message& message : messages) {
    const std::string json = message.to_json();
    EXPECT_EQ(read(message.type(), json), json);
    for (std::size_t i = 0; i < json.size(); ++i) {
      for (const char c : std::string("0-9.\" ,:[]{}\\tn\x01\xff")) {
        std::string damaged = json;
        damaged[i] = c;
        EXPECT_EQ(read(message.type(), damaged), read(message.type(), " " + damaged)) << damaged;
        damaged.insert(i, 1, json[i]);
        EXPECT_EQ(read(message.type(), damaged), read(message.type(), " " + damaged)) << damaged;
      }
      EXPECT_EQ(read(message.type(), json.substr(0, i)), read(message.type(), " " + json.substr(0, i)));
    }
  }
}

// The most that ORDEAL_FIELDS takes, and the least.
struct Wide {
  int a0 = 0, a1 = 1, a2 = 2, a3 = 3, a4 = 4, a5 = 5, a6 = 6, a7 = 7, a8 = 8, a9 = 9;
  int b0 = 10, b1 = 11, b2 = 12, b3 = 13, b4 = 14, b5 = 15, b6 = 16, b7 = 17, b8 = 18, b9 = 19;
  int c0 = 20, c1 = 21, c2 = 22, c3 = 23, c4 = 24, c5 = 25, c6 = 26, c7 = 27, c8 = 28, c9 = 29;
  int d0 = 30, d1 = 31, d2 = 32, d3 = 33, d4 = 34, d5 = 35, d6 = 36, d7 = 37, d8 = 38, d9 = 39;
  int e0 = 40, e1 = 41, e2 = 42, e3 = 43, e4 = 44, e5 = 45, e6 = 46, e7 = 47, e8 = 48, e9 = 49;
  int f0 = 50, f1 = 51, f2 = 52, f3 = 53, f4 = 54, f5 = 55, f6 = 56, f7 = 57, f8 = 58, f9 = 59;
  int g0 = 60, g1 = 61, g2 = 62, g3 = 63;
  ORDEAL_FIELDS(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, c0, c1, c2,
                c3, c4, c5, c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, e0, e1, e2, e3, e4, e5,
                e6, e7, e8, e9, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, g0, g1, g2, g3);
};
struct Empty {
  ORDEAL_FIELDS();
};

TEST(Fields, AreVisitedInTheOrderOfTheirList) {
  std::string names;
  int next = 0;
  Wide wide;
  Wide::fields(wide, [&](std::string_view name, int& value) {
    names += name;
    EXPECT_EQ(value, next++) << name;
    value = -1;
  });
  EXPECT_EQ(next, 64);
  EXPECT_EQ(names.substr(0, 8) + names.substr(120), "a0a1a2a3g0g1g2g3");
  EXPECT_EQ(wide.g3, -1);
  const Empty empty;
  Empty::fields(empty, [](std::string_view, const auto&) { FAIL(); });
}

}  // namespace
}  // namespace ordeal
