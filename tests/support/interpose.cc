#include "tests/support/interpose.h"

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

namespace ordeal::support {
namespace {

enum Call : std::size_t {
  kClockGettime,
  kGettimeofday,
  kTime,
  kClock,
  kGetrandom,
  kGetentropy,
  kArc4random,
  kArc4randomBuf,
  kArc4randomUniform,
  kRand,
  kRandom,
  kRandBytes,
  kRandPrivBytes,
  kOpenDevice,
  kPthreadCreate,
  kNanosleep,
  kClockNanosleep,
  kUsleep,
  kSleep,
  kGetenv,
  kSecureGetenv,
  kCalls
};

constexpr std::array<const char*, kCalls> kNames = {"clock_gettime",
                                                    "gettimeofday",
                                                    "time",
                                                    "clock",
                                                    "getrandom",
                                                    "getentropy",
                                                    "arc4random",
                                                    "arc4random_buf",
                                                    "arc4random_uniform",
                                                    "rand",
                                                    "random",
                                                    "RAND_bytes",
                                                    "RAND_priv_bytes",
                                                    "open /dev/*random",
                                                    "pthread_create",
                                                    "nanosleep",
                                                    "clock_nanosleep",
                                                    "usleep",
                                                    "sleep",
                                                    "getenv",
                                                    "secure_getenv"};

// Plain zero-initialised state: these functions are called before any constructor of this program has run.
std::atomic<bool> armed{false};
std::array<std::atomic<std::uint64_t>, kCalls> counts{};

void note(Call call) {
  if (armed.load(std::memory_order_relaxed)) counts[call].fetch_add(1, std::memory_order_relaxed);
}

// The function that would have been called without us.
template <typename Function>
Function* next(const char* name) {
  void* found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    // Nobody below us has it, so nobody but this program can have called it.
    std::fprintf(stderr, "interpose: no %s to pass the call on to\n", name);
    std::abort();
  }
  return reinterpret_cast<Function*>(found);
}

void note_open(const char* path) {
  const std::string_view p = path == nullptr ? "" : path;
  if (p == "/dev/random" || p == "/dev/urandom" || p == "/dev/hwrng") note(kOpenDevice);
}

mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

void ForbiddenCalls::arm() {
  for (auto& count : counts) count = 0;
  armed = true;
}

void ForbiddenCalls::disarm() { armed = false; }

std::vector<ForbiddenCalls::Reached> ForbiddenCalls::reached() {
  std::vector<Reached> all;
  for (std::size_t i = 0; i < kCalls; ++i) {
    if (counts[i] > 0) all.push_back({kNames[i], counts[i]});
  }
  return all;
}

std::vector<std::string> ForbiddenCalls::watched() { return {kNames.begin(), kNames.end()}; }

}  // namespace ordeal::support

// The watched functions. Each looks its successor up once, notes the call, and passes it on.
using namespace ordeal::support;

#define ORDEAL_PASS_ON(call, function, ...)                      \
  note(call);                                                    \
  static auto* const real = next<decltype(function)>(#function); \
  return real(__VA_ARGS__)

extern "C" {

int clock_gettime(clockid_t clock, timespec* out) noexcept {
  ORDEAL_PASS_ON(kClockGettime, clock_gettime, clock, out);
}
int gettimeofday(timeval* __restrict out, void* __restrict zone) noexcept {
  ORDEAL_PASS_ON(kGettimeofday, gettimeofday, out, zone);
}
time_t time(time_t* out) noexcept { ORDEAL_PASS_ON(kTime, time, out); }
clock_t clock() noexcept { ORDEAL_PASS_ON(kClock, clock); }

ssize_t getrandom(void* out, size_t size, unsigned flags) {
  ORDEAL_PASS_ON(kGetrandom, getrandom, out, size, flags);
}
int getentropy(void* out, size_t size) { ORDEAL_PASS_ON(kGetentropy, getentropy, out, size); }
std::uint32_t arc4random() noexcept { ORDEAL_PASS_ON(kArc4random, arc4random); }
void arc4random_buf(void* out, size_t size) noexcept {
  ORDEAL_PASS_ON(kArc4randomBuf, arc4random_buf, out, size);
}
std::uint32_t arc4random_uniform(std::uint32_t bound) noexcept {
  ORDEAL_PASS_ON(kArc4randomUniform, arc4random_uniform, bound);
}
int rand() noexcept { ORDEAL_PASS_ON(kRand, rand); }
long random() noexcept { ORDEAL_PASS_ON(kRandom, random); }
// OpenSSL's generator, declared here because the test program need not link OpenSSL.
int RAND_bytes(unsigned char* out, int size);
int RAND_bytes(unsigned char* out, int size) { ORDEAL_PASS_ON(kRandBytes, RAND_bytes, out, size); }
int RAND_priv_bytes(unsigned char* out, int size);
int RAND_priv_bytes(unsigned char* out, int size) {
  ORDEAL_PASS_ON(kRandPrivBytes, RAND_priv_bytes, out, size);
}

int pthread_create(pthread_t* __restrict thread, const pthread_attr_t* __restrict attributes,
                   void* (*start)(void*), void* __restrict argument) noexcept {
  ORDEAL_PASS_ON(kPthreadCreate, pthread_create, thread, attributes, start, argument);
}

int nanosleep(const timespec* wanted, timespec* left) { ORDEAL_PASS_ON(kNanosleep, nanosleep, wanted, left); }
int clock_nanosleep(clockid_t clock, int flags, const timespec* wanted, timespec* left) {
  ORDEAL_PASS_ON(kClockNanosleep, clock_nanosleep, clock, flags, wanted, left);
}
int usleep(useconds_t microseconds) { ORDEAL_PASS_ON(kUsleep, usleep, microseconds); }
unsigned sleep(unsigned seconds) { ORDEAL_PASS_ON(kSleep, sleep, seconds); }

char* getenv(const char* name) noexcept { ORDEAL_PASS_ON(kGetenv, getenv, name); }
char* secure_getenv(const char* name) noexcept { ORDEAL_PASS_ON(kSecureGetenv, secure_getenv, name); }

int open(const char* path, int flags, ...) {
  note_open(path);
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  static auto* const real = next<int(const char*, int, ...)>("open");
  return real(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  note_open(path);
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  static auto* const real = next<int(const char*, int, ...)>("open64");
  return real(path, flags, mode);
}
FILE* fopen(const char* __restrict path, const char* __restrict mode) {
  note_open(path);
  static auto* const real = next<FILE*(const char*, const char*)>("fopen");
  return real(path, mode);
}
FILE* fopen64(const char* __restrict path, const char* __restrict mode) {
  note_open(path);
  static auto* const real = next<FILE*(const char*, const char*)>("fopen64");
  return real(path, mode);
}

}  // extern "C"
