// The model against a real redis-server: the same random commands to both, every reply must agree, errors word for word. Nothing
// waits for time to pass: expiry is tried with moments that are past at once or far away.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/cache/lock_scripts.h"
#include "core/cache/scripts.h"
#include "core/cart/scripts.h"
#include "core/limits/scripts.h"
#include "core/seckill/scripts.h"
#include "sim/cache/commands.h"
#include "sim/cache/wire.h"
#include "tests/cache/real_redis.h"

namespace ordeal::test {
namespace {

using env::CacheReply;
using env::CacheWords;

// Later than any test runs, as a wall clock would say it.
constexpr const char* kFarAway = "4102444800000";  // 2100-01-01, in ms
constexpr const char* kFarAwaySeconds = "4102444800";
constexpr std::int64_t kNow = 1'767'225'600'000;  // of the model: some time between

std::vector<env::CacheScript> scripts_of_the_core() {
  auto all = cache::all_scripts();
  for (const auto& more :
       {limits::all_scripts(), seckill::all_scripts(), cart::all_scripts(), cache::lock_scripts()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

class Model {
 public:
  explicit Model(bool keep_images = false) : keys(keep_images), scripts(scripts_of_the_core()) {
    keys.set_now(kNow);
  }
  CacheReply run(const CacheWords& words) {
    CacheReply reply = sim::cache::run_command(keys, words, scripts, {});
    last_changes = keys.take_changes();
    return reply;
  }
  sim::cache::Keyspace keys;
  std::vector<env::CacheScript> scripts;
  std::vector<sim::cache::Keyspace::Before> last_changes;
};

std::string one_of(const std::vector<std::string>& words) { return *rc::gen::elementOf(words); }

std::string some_key() { return one_of({"a", "b", "c", "stock:1"}); }
std::string some_member() { return one_of({"m", "n", "o"}); }
std::string some_value() {
  return one_of({"", "x", "5", "0", "-3", "007", "+1", "-0", " 1", "1.5", "9223372036854775807",
                 "-9223372036854775808", "9223372036854775808", "owner-1", "owner-2", "数"});
}
std::string some_number() {
  return one_of({"0", "1", "-1", "7", "100", "-100", "9223372036854775807", "-9223372036854775808",
                 "9007199254740992", "abc", "1 ", ""});
}
std::string some_score() { return one_of({"0", "1", "-1", "5", "9007199254740992", "x"}); }
std::string some_bound() { return one_of({"0", "1", "(1", "-1", "5", "-inf", "+inf", "inf", "(0", "y"}); }
// A lifetime that is over at once, one that never ends here, or nonsense.
std::string some_lifetime() {
  return one_of({"0", "-1", "1000000", "2000000", "9223372036854775807", "-9223372036854775808", "z"});
}
std::string some_moment(bool seconds) {
  return one_of({"1", "0", "-1", seconds ? kFarAwaySeconds : kFarAway, "z"});
}

void add_set_options(CacheWords& words) {
  for (int n = *rc::gen::inRange(0, 3); n > 0; --n) {
    words.push_back(one_of({"NX", "xx", "KEEPTTL", "EX", "px", "EXAT", "PXAT", "WHAT"}));
    const std::string unit = words.back();
    if (unit == "EX" || unit == "px")
      words.push_back(one_of({"1000000", "2000000", "0", "-5", "9223372036854775807", "q"}));
    if (unit == "EXAT") words.push_back(some_moment(true));
    if (unit == "PXAT") words.push_back(some_moment(false));
  }
}

CacheWords arguments_of(std::string_view name) {
  CacheWords words{std::string(name), some_key()};
  const auto also = [&](auto... more) { (words.push_back(more), ...); };
  const auto repeat = [&](auto&& make) {
    for (int n = *rc::gen::inRange(1, 4); n > 0; --n) words.push_back(make());
  };
  if (name == "SET") {
    also(some_value());
    add_set_options(words);
  } else if (name == "SETNX") {
    also(some_value());
  } else if (name == "INCRBY" || name == "DECRBY") {
    also(some_number());
  } else if (name == "DEL" || name == "EXISTS" || name == "MGET") {
    repeat(some_key);
  } else if (name == "EXPIRE" || name == "PEXPIRE") {
    also(some_lifetime());
  } else if (name == "EXPIREAT" || name == "PEXPIREAT") {
    also(some_moment(name == "EXPIREAT"));
  } else if (name == "HSET") {
    for (int n = *rc::gen::inRange(1, 3); n > 0; --n) also(some_member(), some_value());
  } else if (name == "HSETNX") {
    also(some_member(), some_value());
  } else if (name == "HINCRBY") {
    also(some_member(), some_number());
  } else if (name == "HGET" || name == "HEXISTS" || name == "ZSCORE" || name == "SISMEMBER") {
    also(some_member());
  } else if (name == "HDEL" || name == "ZREM" || name == "SREM" || name == "SADD") {
    repeat(some_member);
  } else if (name == "LPUSH" || name == "RPUSH") {
    repeat(some_value);
  } else if (name == "LRANGE") {
    also(one_of({"0", "1", "-2", "9", "w"}), one_of({"0", "1", "-1", "9", "-9"}));
  } else if (name == "ZADD") {
    if (*rc::gen::inRange(0, 3) == 0) repeat([] { return one_of({"NX", "XX", "ch"}); });
    for (int n = *rc::gen::inRange(1, 3); n > 0; --n) also(some_score(), some_member());
  } else if (name == "ZRANGEBYSCORE") {
    also(some_bound(), some_bound());
    if (*rc::gen::arbitrary<bool>()) also("withscores");
    if (*rc::gen::inRange(0, 3) == 0)
      also("LIMIT", one_of({"0", "1", "-1"}), one_of({"0", "1", "2", "-1", "k"}));
  }
  return words;
}

CacheWords some_script() {
  const std::string name =
      one_of({"deduct_stock", "restore_stock", "compare_and_delete", "compare_and_expire", "acquire_lock",
              "renew_lock", "release_lock", "no_such_script"});
  if (*rc::gen::inRange(0, 10) == 0) return {"FCALL", name, one_of({"9", "-1", "x"}), some_key()};
  if (name == "acquire_lock")
    return {"FCALL",           name, "2", some_key(), some_key(), some_member(), one_of({"1000000", "0"}),
            one_of({"1", "5"})};
  if (name == "renew_lock") return {"FCALL", name, "1", some_key(), some_member(), one_of({"1000000", "0"})};
  if (name == "release_lock") return {"FCALL", name, "1", some_key(), some_member()};
  if (name == "compare_and_delete") return {"FCALL", name, "1", some_key(), some_value()};
  if (name == "compare_and_expire")
    return {"FCALL", name, "1", some_key(), some_value(), one_of({"1000000", "0"})};
  return {"FCALL", name, "1", some_key(), one_of({"1", "2", "5", "100"})};
}

CacheWords some_command() {
  if (*rc::gen::inRange(0, 6) == 0) return some_script();
  std::vector<std::string> names;
  for (const auto table :
       {sim::cache::string_commands(), sim::cache::key_commands(), sim::cache::collection_commands()}) {
    for (const sim::cache::Command& command : table) names.emplace_back(command.name);
  }
  CacheWords words = arguments_of(one_of(names));
  if (words[0] == "FLUSHALL") words.pop_back();
  switch (*rc::gen::inRange(0, 60)) {
    case 0:
      words.pop_back();  // too few words now and then
      break;
    case 1:  // some have options that the model leaves out
      if (words[0] != "LPOP" && words[0] != "RPOP" && words[0] != "FLUSHALL") words.emplace_back("more");
      break;
    case 2:
      return {"NOSUCH", "x"};
    default:
      break;
  }
  if (words.empty()) words = {"get"};
  return words;
}

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return sim::cache::same_word(word, name); });
}

// What of a reply must agree. Redis promises no order of hashes and sets; time left depends on when one asks; and what a script's
// error says around the error inside it is for people.
CacheReply essence(const CacheWords& words, CacheReply reply) {
  if (is_one_of(words[0], {"TTL", "PTTL"}) && reply.kind == CacheReply::Kind::integer && reply.integer > 0)
    reply.integer = 1;
  if (is_one_of(words[0], {"PEXPIRETIME"}) && reply.integer > 0 && std::to_string(reply.integer) != kFarAway)
    reply.integer = 1;
  if (is_one_of(words[0], {"FCALL"})) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;  // Lua's numbers are doubles
    reply.text = reply.text.substr(0, reply.text.find(' '));
    if (words.size() > 1 && words[1] == "acquire_lock" && reply.integer < -1)
      reply.integer = -2;  // time left
    if (reply.integer >= kExact || reply.integer <= -kExact) reply.integer = kExact;
  }
  if (is_one_of(words[0], {"HGETALL", "SMEMBERS"})) {
    const std::size_t width = is_one_of(words[0], {"HGETALL"}) ? 2 : 1;
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i + width <= reply.list.size(); i += width) {
      rows.emplace_back();
      for (std::size_t j = 0; j < width; ++j) rows.back().push_back(reply.list[i + j].text);
    }
    std::sort(rows.begin(), rows.end());
    reply.list.clear();
    for (const auto& row : rows) {
      for (const std::string& text : row) reply.list.push_back(CacheReply::bulk(text));
    }
  }
  return reply;
}

class Differential : public ::testing::Test {
 protected:
  void SetUp() override {
    redis_ = RealRedis::start();
    if (redis_ != nullptr) {
      redis_->load(scripts_of_the_core());
      return;
    }
    const char* why =
        "NOT TESTED: no redis-server here. Install redis-tools: the model of the cache is held against it.";
    if (std::getenv("CI") != nullptr) FAIL() << why;
    std::cerr << "\n*** " << why << "\n\n";
    GTEST_SKIP() << why;
  }
  void agree(Model& model, const std::vector<CacheWords>& commands) {
    std::string so_far;
    for (const CacheWords& words : commands) {
      so_far += "\n  " + sim::cache::text_of(words);
      const CacheReply real = essence(words, redis_->run(words));
      const CacheReply ours = essence(words, model.run(words));
      ASSERT_EQ(sim::cache::text_of(ours), sim::cache::text_of(real)) << "model on the left; after" << so_far;
    }
  }
  std::unique_ptr<RealRedis> redis_;
};

TEST_F(Differential, RandomSequencesAgreeOnEveryReply) {
  const bool held = rc::check("the model answers as redis-server does", [this] {
    Model model;
    redis_->run({"FLUSHALL"});
    const auto length = *rc::gen::inRange<std::size_t>(1, 80);
    std::vector<CacheWords> commands;
    for (std::size_t i = 0; i < length; ++i) commands.push_back(some_command());
    std::string so_far;
    for (const CacheWords& words : commands) {
      so_far += "\n  " + sim::cache::text_of(words);
      const std::string real = sim::cache::text_of(essence(words, redis_->run(words)));
      const std::string ours = sim::cache::text_of(essence(words, model.run(words)));
      if (ours != real) RC_FAIL("redis says " + real + ", the model says " + ours + ", after" + so_far);
    }
  });
  EXPECT_TRUE(held);
}

// What the trade system does with it, in order, so that these lines are never left to chance.
TEST_F(Differential, TheCommandsOfATradeSystemAgree) {
  Model model;
  redis_->run({"FLUSHALL"});
  agree(model, {
                   {"FCALL", "deduct_stock", "1", "stock:1", "1"},
                   {"SET", "stock:1", "5"},
                   {"FCALL", "deduct_stock", "1", "stock:1", "3"},
                   {"FCALL", "deduct_stock", "1", "stock:1", "3"},
                   {"FCALL", "restore_stock", "1", "stock:1", "3"},
                   {"FCALL", "restore_stock", "1", "stock:2", "3"},
                   {"GET", "stock:1"},
                   {"SET", "lock", "owner-1", "NX", "PX", "1000000"},
                   {"SET", "lock", "owner-2", "NX", "PX", "1000000"},
                   {"FCALL", "compare_and_delete", "1", "lock", "owner-2"},
                   {"FCALL", "compare_and_expire", "1", "lock", "owner-1", "2000000"},
                   {"FCALL", "compare_and_delete", "1", "lock", "owner-1"},
                   {"FCALL", "acquire_lock", "2", "lock", "tokens", "owner-1", "1000000", "1"},
                   {"FCALL", "acquire_lock", "2", "lock", "tokens", "owner-1", "1000000", "1"},
                   {"FCALL", "renew_lock", "1", "lock", "owner-2", "1000000"},
                   {"FCALL", "renew_lock", "1", "lock", "owner-1", "1000000"},
                   {"FCALL", "release_lock", "1", "lock", "owner-2"},
                   {"FCALL", "release_lock", "1", "lock", "owner-1"},
                   {"FCALL", "release_lock", "1", "lock", "owner-1"},
                   {"FCALL", "release_lock", "1", "lock", "owner-1"},
                   {"FCALL", "acquire_lock", "2", "lock", "tokens", "owner-2", "1000000", "5"},
                   {"PERSIST", "lock"},
                   {"FCALL", "acquire_lock", "2", "lock", "tokens", "owner-1", "1000000", "1"},
                   {"FCALL", "release_lock", "1", "lock", "owner-2"},
                   {"HGETALL", "lock"},
                   {"GET", "tokens"},
                   {"SET", "token", "t", "EX", "900"},
                   {"SET", "token", "u", "KEEPTTL"},
                   {"TTL", "token"},
                   {"SET", "token", "v"},
                   {"TTL", "token"},
                   {"PEXPIREAT", "token", kFarAway},
                   {"PEXPIRETIME", "token"},
                   {"PERSIST", "token"},
                   {"PTTL", "token"},
                   {"PEXPIREAT", "token", "1"},
                   {"EXISTS", "token"},
                   {"SET", "past", "x", "PXAT", "1"},
                   {"GET", "past"},
                   {"HSET", "cart:1", "tea", "2", "cup", "1"},
                   {"HINCRBY", "cart:1", "tea", "3"},
                   {"HGETALL", "cart:1"},
                   {"HDEL", "cart:1", "tea", "cup"},
                   {"EXISTS", "cart:1"},
                   {"ZADD", "delays", "300", "order-3", "100", "order-1", "200", "order-2"},
                   {"ZRANGEBYSCORE", "delays", "-inf", "200", "WITHSCORES", "LIMIT", "0", "10"},
                   {"ZREM", "delays", "order-1"},
                   {"ZCARD", "delays"},
                   {"INCR", "cart:1"},
                   {"LPUSH", "cart:1", "x"},
               });
}

TEST_F(Differential, TheScriptOfCartsAgrees) {
  Model model;
  redis_->run({"FLUSHALL"});
  agree(model, {
                   {"FCALL", "put_newer", "1", "cart:7", "0000000000000009;1,2,9;", "600000"},
                   {"FCALL", "put_newer", "1", "cart:7", "0000000000000009;", "600000"},
                   {"FCALL", "put_newer", "1", "cart:7", "0000000000000008;1,1,8;", "600000"},
                   {"GET", "cart:7"},
                   {"FCALL", "put_newer", "1", "cart:7", "0000000000000010;", "600000"},
                   {"GET", "cart:7"},
                   {"TTL", "cart:7"},
                   {"LPUSH", "list", "x"},
                   {"FCALL", "put_newer", "1", "list", "0000000000000001;", "600000"},
               });
}

TEST_F(Differential, TheScriptsOfLimitsAndFlashSalesAgree) {
  Model model;
  redis_->run({"FLUSHALL"});
  agree(model, {
                   {"FCALL", "take_token", "1", "rate", "2", "1000000"},
                   {"FCALL", "take_token", "1", "rate", "2", "1000000"},
                   {"FCALL", "take_token", "1", "rate", "2", "1000000"},
                   {"GET", "rate"},
                   {"FCALL", "acquire_permit", "2", "permit:1", "permit:2", "ann", "1000000"},
                   {"FCALL", "acquire_permit", "2", "permit:1", "permit:2", "ben", "1000000"},
                   {"FCALL", "acquire_permit", "2", "permit:1", "permit:2", "cem", "1000000"},
                   {"FCALL", "release_permit", "1", "permit:1", "cem"},
                   {"FCALL", "release_permit", "1", "permit:1", "ann"},
                   {"FCALL", "acquire_permit", "2", "permit:1", "permit:2", "cem", "1000000"},
                   {"FCALL", "win_unit", "2", "count", "mark:1", "1000000"},
                   {"SET", "count", "1"},
                   {"FCALL", "win_unit", "2", "count", "mark:1", "1000000"},
                   {"FCALL", "win_unit", "2", "count", "mark:1", "1000000"},
                   {"FCALL", "win_unit", "2", "count", "mark:2", "1000000"},
                   {"GET", "count"},
                   {"FCALL", "return_unit", "2", "count", "mark:1"},
                   {"FCALL", "return_unit", "2", "count", "mark:1"},
                   {"GET", "count"},
                   {"FCALL", "win_unit", "2", "count", "mark:3", "1000000"},
                   {"DEL", "count"},
                   {"FCALL", "return_unit", "2", "count", "mark:3"},
                   {"EXISTS", "count", "mark:3"},
                   {"FCALL", "claim_token", "1", "token", "t", "grab-1"},
                   {"SET", "token", "t", "EX", "900"},
                   {"FCALL", "claim_token", "1", "token", "u", "grab-1"},
                   {"FCALL", "claim_token", "1", "token", "t", "grab-1"},
                   {"FCALL", "claim_token", "1", "token", "t", "grab-1"},
                   {"FCALL", "claim_token", "1", "token", "t", "grab-2"},
                   {"TTL", "token"},
               });
}

// Undoing what a command changed gives the keyspace before it: what a failover rests on. No server is needed.
TEST(CacheUndo, TakesEveryCommandBack) {
  const bool held = rc::check("undo gives back what was there", [] {
    Model model(true);
    const auto length = *rc::gen::inRange<std::size_t>(1, 60);
    const auto keep = *rc::gen::inRange<std::size_t>(0, length);
    std::vector<CacheWords> commands;
    for (std::size_t i = 0; i < length; ++i) commands.push_back(some_command());
    std::vector<std::vector<sim::cache::Keyspace::Before>> changes;
    for (std::size_t i = 0; i < length; ++i) {
      model.run(commands[i]);
      if (i >= keep) changes.push_back(std::move(model.last_changes));
    }
    while (!changes.empty()) {
      model.keys.undo(std::move(changes.back()));
      changes.pop_back();
    }
    Model straight(true);
    for (std::size_t i = 0; i < keep; ++i) straight.run(commands[i]);
    RC_ASSERT(model.keys.bytes() == straight.keys.bytes());
    for (const char* key : {"a", "b", "c", "stock:1"}) {
      for (const CacheWords& look :
           std::vector<CacheWords>{{"GET", key},
                                   {"PEXPIRETIME", key},
                                   {"HGETALL", key},
                                   {"LRANGE", key, "0", "-1"},
                                   {"SMEMBERS", key},
                                   {"ZRANGEBYSCORE", key, "-inf", "+inf", "WITHSCORES"}}) {
        RC_ASSERT(sim::cache::text_of(model.run(look)) == sim::cache::text_of(straight.run(look)));
      }
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace ordeal::test
