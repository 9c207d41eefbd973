// The channel's form on both sides, its signatures, and profiles as data.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "core/channel/client.h"
#include "core/channel/form.h"
#include "tests/support/fake_channel.h"

namespace ordeal::channel {
namespace {

using namespace literals;

// Takes the key.
std::pair<std::string, std::string> pems_of(EVP_PKEY* key) {
  std::string pems[2];
  for (int i = 0; i < 2; ++i) {
    BIO* bio = BIO_new(BIO_s_mem());
    i == 0 ? PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr)
           : PEM_write_bio_PUBKEY(bio, key);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    pems[i].assign(data, static_cast<std::size_t>(size));
    BIO_free(bio);
  }
  EVP_PKEY_free(key);
  return {pems[0], pems[1]};
}

// OpenSSL would sign with it all the same, and answers a signature that is none with an error instead of a no.
TEST(Signer, Rsa2TakesNoKeyOfAnotherKind) {
  const auto [private_pem, public_pem] = pems_of(EVP_EC_gen("P-256"));
  EXPECT_EQ(make_rsa2_signer(private_pem, ""), nullptr);
  EXPECT_EQ(make_rsa2_signer("", public_pem), nullptr);
}

// RFC 4231, test case 2.
TEST(Signer, HmacIsHmacSha256) {
  const auto signer = make_hmac_signer("Jefe");
  const std::string expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  for (int i = 0; i < 2; ++i) EXPECT_EQ(signer->sign("what do ya want for nothing?"), expected);
  EXPECT_TRUE(signer->verify("what do ya want for nothing?", expected));
  EXPECT_FALSE(signer->verify("what do ya want for something?", expected));
  EXPECT_FALSE(make_hmac_signer("Jeff")->verify("what do ya want for nothing?", expected));
}

TEST(Signer, Rsa2SignsAndVerifies) {
  const auto [private_pem, public_pem] = pems_of(EVP_RSA_gen(2048));
  const auto ours = make_rsa2_signer(private_pem, "");
  const auto theirs = make_rsa2_signer("", public_pem);
  ASSERT_NE(ours, nullptr);
  ASSERT_NE(theirs, nullptr);
  const auto signature = ours->sign("a=1&b=2");
  EXPECT_EQ(signature, ours->sign("a=1&b=2"));
  EXPECT_TRUE(theirs->verify("a=1&b=2", signature));
  EXPECT_FALSE(theirs->verify("a=1&b=3", signature));
  EXPECT_FALSE(theirs->verify("a=1&b=2", "AAAA"));
  EXPECT_FALSE(theirs->verify("a=1&b=2", "not base64"));
  EXPECT_FALSE(ours->verify("a=1&b=2", signature));
  EXPECT_THROW((void)theirs->sign("x"), CheckFailed);
  EXPECT_EQ(make_rsa2_signer("no key", ""), nullptr);

  const TradeRequest request{.method = Method::query, .app_id = "a", .seller_id = "s", .out_trade_no = "o"};
  EXPECT_TRUE(decode_request(encode(request, *ours), *theirs).ok());
}

RC_GTEST_PROP(Form, RoundTripsAnyBytes, ()) {
  const auto signer = make_hmac_signer("k");
  const auto values = *rc::gen::container<std::vector<std::string>>(rc::gen::arbitrary<std::string>());
  Form form;
  for (std::size_t i = 0; i < values.size(); ++i) form.add("k" + std::to_string(i), values[i]);
  const std::string body = form.encode_signed(*signer);
  const auto back = Form::parse(body);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->verify(*signer));
  for (std::size_t i = 0; i < values.size(); ++i) RC_ASSERT(back->get("k" + std::to_string(i)) == values[i]);
}

TEST(Form, RejectsWhatIsNoForm) {
  for (const char* body : {"a", "a=%", "a=%4", "a=%zz", "a=1&a=2", "&", "a=1&&b=2"}) {
    EXPECT_FALSE(Form::parse(body).has_value()) << body;
  }
  EXPECT_EQ(Form::parse("a=b+c%20d")->get("a"), "b c d");
}

// I-33: no byte of a signed body can be changed.
RC_GTEST_PROP(Trade, AnyChangedByteIsNoticed, ()) {
  const auto signer = make_hmac_signer("k");
  std::string body =
      encode(Notice{"n1", "app", "seller", "pay-0000000001", "T1", TradeStatus::success, {1000, {}}}, kAlipay,
             *signer);
  const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
  const char c = *rc::gen::inRange<char>(33, 127);
  RC_PRE(body[at] != c);
  const std::string before = body;
  body[at] = c;
  const auto read = decode_notice(body, kAlipay, *signer);
  // A changed letter case within an escape is the same text; nothing else may pass.
  if (read.ok()) RC_ASSERT(read->amount == (Money{1000, {}}) && read->out_trade_no == "pay-0000000001");
}

TEST(Trade, MessagesRoundTripInEveryProfile) {
  const auto signer = make_hmac_signer("k");
  for (const Profile* profile : {&kAlipay, &kWechat, &kAcquirer}) {
    for (std::size_t code = 0; code < kCodes; ++code) {
      const TradeReply reply{static_cast<Code>(code),
                             static_cast<TradeStatus>(code % kStatuses),
                             "o",
                             "t",
                             "p",
                             {77, {}},
                             code % 2 == 0};
      const auto back = decode_reply(encode(reply, *profile, *signer), *profile, *signer);
      ASSERT_TRUE(back.ok()) << profile->name << " " << code;
      EXPECT_EQ(back->code, reply.code);
      EXPECT_EQ(back->status, reply.status);
      EXPECT_EQ(back->amount, reply.amount);
      EXPECT_EQ(back->fund_change, reply.fund_change);
      EXPECT_EQ(back->pay_code, "p");
    }
  }
  const TradeRequest request{Method::refund, "a", "s", "o", "r", {5, {}}, "b", Instant{9}, "https://x/y?z=1"};
  const auto back = decode_request(encode(request, *signer), *signer);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->method, Method::refund);
  EXPECT_EQ(back->out_request_no, "r");
  EXPECT_EQ(back->expires_at, Instant{9});
  EXPECT_EQ(back->notify_url, "https://x/y?z=1");
  EXPECT_EQ(decode_request(encode(request, *signer), *make_hmac_signer("other")).error(),
            FormError::bad_signature);
  EXPECT_EQ(decode_request("x", *signer).error(), FormError::malformed);
}

TEST(Profile, AcknowledgesByItsOwnRule) {
  EXPECT_TRUE(acknowledges(kAlipay, {200, "success"}));
  EXPECT_TRUE(acknowledges(kAlipay, {500, "success"}));
  EXPECT_FALSE(acknowledges(kAlipay, {200, "success\n"}));
  EXPECT_FALSE(acknowledges(kAlipay, {200, ""}));
  EXPECT_TRUE(acknowledges(kWechat, {204, ""}));
  EXPECT_TRUE(acknowledges(kWechat, {200, "{\"code\":\"FAIL\"}"}));
  EXPECT_FALSE(acknowledges(kWechat, {500, "success"}));
  for (const Profile* profile : {&kAlipay, &kWechat, &kAcquirer}) {
    EXPECT_TRUE(acknowledges(*profile, acknowledgement(*profile)));
    EXPECT_FALSE(acknowledges(*profile, refusal(*profile)));
    EXPECT_FALSE(acknowledges(*profile, {502, "no answer"}));
    EXPECT_EQ(find_profile(profile->name), profile);
  }
  EXPECT_EQ(find_profile("paypal"), nullptr);
}

TEST(Profile, SchedulesAreTheDocumentedOnes) {
  const auto sum = [](const Profile& profile) {
    Duration total;
    for (const Duration gap : profile.notify_gaps) total += gap;
    return total;
  };
  EXPECT_EQ(kAlipay.notify_gaps.size(), 7U);
  EXPECT_EQ(sum(kAlipay), 24_h + 24_min);
  EXPECT_EQ(kWechat.notify_gaps.size(), 15U);
  EXPECT_EQ(sum(kWechat), 24_h + 4_min);
}

class ClientTest : public testing::Test {
 protected:
  support::FakeWorld world;
  support::FakeChannel channel{world, "alipay", kAlipay};
  Account account = channel.account();
  Client client{world.env("payment").http, account, 3_s};
};

TEST_F(ClientTest, TellsOkRefusedAndUnknownApart) {
  EXPECT_EQ(client.query("o").outcome, Outcome::refused);
  EXPECT_EQ(client.query("o").reply.code, Code::trade_not_exist);
  EXPECT_EQ(client.precreate("o", {100, {}}, Instant::max()).outcome, Outcome::ok);
  world.http_fault = [](std::string_view) { return support::Fault::lose_answer; };
  EXPECT_EQ(client.pay("o", {100, {}}, "u", Instant::max()).outcome, Outcome::unknown);
  world.http_fault = nullptr;
  EXPECT_EQ(client.query("o").reply.status, TradeStatus::success);
  EXPECT_EQ(client.close("o").reply.code, Code::trade_has_success);
}

TEST_F(ClientTest, BelievesNoAnswerThatIsNotFromTheChannel) {
  const auto answer_with = [&](int status, std::string body) {
    world.serve_http("alipay", "/gateway", [=](const std::string&) {
      return env::HttpResponse{status, body};
    });
    return client.query("o").outcome;
  };
  TradeReply reply{.code = Code::ok, .status = TradeStatus::success, .out_trade_no = "o"};
  EXPECT_EQ(answer_with(200, encode(reply, kAlipay, *account.theirs)), Outcome::ok);
  EXPECT_EQ(answer_with(503, encode(reply, kAlipay, *account.theirs)), Outcome::unknown);
  EXPECT_EQ(answer_with(200, encode(reply, kAlipay, *make_hmac_signer("forger"))), Outcome::unknown);
  EXPECT_EQ(answer_with(200, "<html>"), Outcome::unknown);
  reply.out_trade_no = "another";
  EXPECT_EQ(answer_with(200, encode(reply, kAlipay, *account.theirs)), Outcome::unknown);
  reply.out_trade_no = "o";
  reply.code = Code::system_error;
  EXPECT_EQ(answer_with(200, encode(reply, kAlipay, *account.theirs)), Outcome::unknown);
}

}  // namespace
}  // namespace ordeal::channel
