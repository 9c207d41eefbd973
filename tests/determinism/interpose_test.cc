// Proves that the guard of the determinism tests bites: each watched function is noticed when armed, and only
// then.
#include "tests/support/interpose.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

namespace ordeal::support {
namespace {

std::array<unsigned char, 8> bytes;

void* nothing(void* argument) { return argument; }

// One direct call of each watched function.
const std::map<std::string, std::function<void()>>& direct_calls() {
  static const std::map<std::string, std::function<void()>> calls = {
      {"clock_gettime",
       [] {
         timespec t{};
         clock_gettime(CLOCK_REALTIME, &t);
       }},
      {"gettimeofday",
       [] {
         timeval t{};
         gettimeofday(&t, nullptr);
       }},
      {"time", [] { time(nullptr); }},
      {"clock", [] { clock(); }},
      {"getrandom", [] { EXPECT_EQ(getrandom(bytes.data(), bytes.size(), 0), 8); }},
      {"getentropy", [] { EXPECT_EQ(getentropy(bytes.data(), bytes.size()), 0); }},
      {"arc4random", [] { arc4random(); }},
      {"arc4random_buf", [] { arc4random_buf(bytes.data(), bytes.size()); }},
      {"arc4random_uniform", [] { EXPECT_LT(arc4random_uniform(5), 5u); }},
      {"rand", [] { rand(); }},
      {"random", [] { random(); }},
      {"RAND_bytes", [] { EXPECT_EQ(RAND_bytes(bytes.data(), 8), 1); }},
      {"RAND_priv_bytes", [] { EXPECT_EQ(RAND_priv_bytes(bytes.data(), 8), 1); }},
      {"open /dev/*random",
       [] {
         const int fd = open("/dev/urandom", O_RDONLY);
         EXPECT_GE(fd, 0);
         close(fd);
       }},
      {"pthread_create",
       [] {
         pthread_t thread{};
         EXPECT_EQ(pthread_create(&thread, nullptr, nothing, nullptr), 0);
         EXPECT_EQ(pthread_join(thread, nullptr), 0);
       }},
      {"nanosleep",
       [] {
         const timespec t{0, 1};
         nanosleep(&t, nullptr);
       }},
      {"clock_nanosleep",
       [] {
         const timespec t{0, 1};
         clock_nanosleep(CLOCK_MONOTONIC, 0, &t, nullptr);
       }},
      {"usleep", [] { usleep(1); }},
      {"sleep", [] { sleep(0); }},
      {"getenv", [] { EXPECT_EQ(getenv("ORDEAL_NO_SUCH_NAME"), nullptr); }},
      {"secure_getenv", [] { EXPECT_EQ(secure_getenv("ORDEAL_NO_SUCH_NAME"), nullptr); }},
  };
  return calls;
}

bool was_reached(const std::string& name) {
  for (const auto& call : ForbiddenCalls::reached()) {
    if (call.name == name) return true;
  }
  return false;
}

// RAND_bytes of this program stands before OpenSSL's; another function of it keeps the library linked.
TEST(Interpose, OpenSslIsLinked) { EXPECT_EQ(RAND_status(), 1); }

TEST(Interpose, EveryWatchedFunctionHasACallHere) {
  std::map<std::string, int> names;
  for (const std::string& name : ForbiddenCalls::watched()) names[name] += 1;
  for (const auto& [name, call] : direct_calls()) names[name] += 10;
  for (const auto& [name, count] : names) EXPECT_EQ(count, 11) << name;
}

TEST(Interpose, EachFunctionIsNoticedWhenArmed) {
  for (const auto& [name, call] : direct_calls()) {
    call();  // whatever happens once per process happens here
    {
      const ForbiddenCalls::Armed armed;
      call();
    }
    EXPECT_TRUE(was_reached(name)) << name;
  }
}

TEST(Interpose, NothingIsNoticedUnlessArmed) {
  ForbiddenCalls::arm();
  ForbiddenCalls::disarm();
  for (const auto& [name, call] : direct_calls()) call();
  EXPECT_TRUE(ForbiddenCalls::reached().empty());
}

TEST(Interpose, QuietWorkReachesNothing) {
  ForbiddenCalls::arm();
  std::map<int, std::string> work;
  for (int i = 0; i < 1000; ++i) work[i * 7919 % 1000] = std::to_string(i);
  ForbiddenCalls::disarm();
  EXPECT_EQ(work.size(), 1000u);
  EXPECT_TRUE(ForbiddenCalls::reached().empty());
}

TEST(Interpose, CallsOfTheLibrariesAreNoticedToo) {
  const std::map<std::string, std::function<void()>> calls = {
      {"clock_gettime", [] { static_cast<void>(std::chrono::system_clock::now()); }},
      {"pthread_create", [] { std::thread([] {}).join(); }},
      {"open /dev/*random", [] { std::random_device("/dev/urandom")(); }},
  };
  for (const auto& [name, call] : calls) {
    {
      const ForbiddenCalls::Armed armed;
      call();
    }
    EXPECT_TRUE(was_reached(name)) << name;
  }
  {
    const ForbiddenCalls::Armed armed;
    std::ifstream device("/dev/urandom");
    EXPECT_TRUE(device.is_open());
  }
  EXPECT_TRUE(was_reached("open /dev/*random"));
}

TEST(Interpose, OtherFilesMayBeOpened) {
  const ForbiddenCalls::Armed armed;
  const int fd = open("/dev/null", O_RDONLY);
  EXPECT_GE(fd, 0);
  close(fd);
  EXPECT_FALSE(was_reached("open /dev/*random"));
}

TEST(Interpose, CallsAreCountedAndForgottenByTheNextArm) {
  ForbiddenCalls::arm();
  for (int i = 0; i < 3; ++i) rand();
  ForbiddenCalls::disarm();
  EXPECT_EQ(ForbiddenCalls::reached(), (std::vector<ForbiddenCalls::Reached>{{"rand", 3}}));
  ForbiddenCalls::arm();
  ForbiddenCalls::disarm();
  EXPECT_TRUE(ForbiddenCalls::reached().empty());
}

TEST(Interpose, ATrialThatThrowsDisarms) {
  EXPECT_THROW(
      {
        const ForbiddenCalls::Armed armed;
        throw std::runtime_error("a trial broke");
      },
      std::runtime_error);
  rand();
  EXPECT_TRUE(ForbiddenCalls::reached().empty());
}

}  // namespace
}  // namespace ordeal::support
