#include "sim/fiber.h"

#include <string>

#include <boost/context/fiber.hpp>
#include <boost/context/preallocated.hpp>
#include <boost/context/stack_context.hpp>
#include <cxxabi.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/check.h"

#if defined(__SANITIZE_ADDRESS__)
#define ORDEAL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ORDEAL_ASAN 1
#endif
#endif
#ifdef ORDEAL_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace ordeal::sim {
namespace {

namespace ctx = boost::context;

// Boost frees a stack through its allocator when a context ends; ours belongs to FiberContext.
struct KeepStack {
  void deallocate(ctx::stack_context&) noexcept {}
};

class Stack {
 public:
  // Stacks start on page boundaries; without `shift` the hot frames of all fibers would share the same few
  // cache sets.
  Stack(std::size_t bytes, std::size_t shift)
      : guard_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))), size_(bytes + guard_), shift_(shift) {
    base_ = mmap(nullptr, size_, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    ORDEAL_CHECK(base_ != MAP_FAILED, "no memory for a fiber stack");
    ORDEAL_CHECK(mprotect(base_, guard_, PROT_NONE) == 0, "no guard page");
#ifdef ORDEAL_ASAN
    // A stack may lie where an earlier one lay; what AddressSanitizer noted there outlives munmap.
    __asan_unpoison_memory_region(base_, size_);
#endif
  }
  ~Stack() { munmap(base_, size_); }
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  void* bottom() const { return static_cast<char*>(base_) + guard_; }
  void* top() const { return static_cast<char*>(base_) + size_ - shift_; }
  std::size_t usable() const { return size_ - guard_ - shift_; }

 private:
  std::size_t guard_;
  std::size_t size_;
  std::size_t shift_;
  void* base_;
};

}  // namespace

// A context runs one piece of work after another: ending one and beginning the next needs no new boost fiber.
class FiberContext {
 public:
  static constexpr std::size_t kColours = 32;
  static constexpr std::size_t kColourBytes = 128;

  explicit FiberContext(std::size_t number)
      : stack_(FiberPool::kStackBytes, (number % kColours) * kColourBytes) {
    ctx::stack_context where;
    where.sp = stack_.top();
    where.size = stack_.usable();
    inside_ = ctx::fiber(std::allocator_arg, ctx::preallocated(stack_.top(), stack_.usable(), where),
                         KeepStack{}, [this](ctx::fiber&& scheduler) { return loop(std::move(scheduler)); });
  }
  ~FiberContext() {
    quit_ = true;
    enter();
  }

  void start(void (*entry)(void*), void* argument) {
    entry_ = entry;
    argument_ = argument;
    enter();
  }

  void enter() {
#ifdef ORDEAL_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, stack_.bottom(), stack_.usable());
#endif
    inside_ = std::move(inside_).resume();
#ifdef ORDEAL_ASAN
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
  }

  void leave() {
#ifdef ORDEAL_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, outside_bottom_, outside_size_);
#endif
    outside_ = std::move(outside_).resume();
#ifdef ORDEAL_ASAN
    __sanitizer_finish_switch_fiber(fake, &outside_bottom_, &outside_size_);
#endif
  }

 private:
  ctx::fiber loop(ctx::fiber&& scheduler) {
#ifdef ORDEAL_ASAN
    __sanitizer_finish_switch_fiber(nullptr, &outside_bottom_, &outside_size_);
#endif
    outside_ = std::move(scheduler);
    while (!quit_) {
      entry_(argument_);
      leave();
    }
#ifdef ORDEAL_ASAN
    __sanitizer_start_switch_fiber(nullptr, outside_bottom_, outside_size_);
#endif
    return std::move(outside_);
  }

  Stack stack_;
  ctx::fiber inside_;
  ctx::fiber outside_;
  void (*entry_)(void*) = nullptr;
  void* argument_ = nullptr;
  bool quit_ = false;
#ifdef ORDEAL_ASAN
  const void* outside_bottom_ = nullptr;
  std::size_t outside_size_ = 0;
#endif
};

FiberPool::FiberPool() = default;
FiberPool::~FiberPool() = default;

FiberContext* FiberPool::take() {
  if (free_.empty()) {
    ORDEAL_CHECK(all_.size() < kMostContexts,
                 "more than " + std::to_string(kMostContexts) + " tasks run at the same time");
    all_.push_back(std::make_unique<FiberContext>(all_.size()));
    free_.reserve(all_.capacity());  // so that giving back never fails
    return all_.back().get();
  }
  FiberContext* context = free_.back();
  free_.pop_back();
  return context;
}

void FiberPool::give_back(FiberContext* context) { free_.push_back(context); }

void switch_into(FiberContext& context, void (*entry)(void*), void* argument) {
  context.start(entry, argument);
}
void switch_into(FiberContext& context) { context.enter(); }
void switch_out(FiberContext& context) { context.leave(); }

const char* exception_in_flight() {
  // The Itanium C++ ABI fixes these two fields: the stack of caught exceptions and the count of uncaught
  // ones.
  struct Globals {
    void* caught;
    unsigned int uncaught;
  };
  static_assert(sizeof(Globals) <= 16);
  const auto* globals = reinterpret_cast<const Globals*>(abi::__cxa_get_globals());
  if (globals->caught != nullptr) return "inside a catch block";
  if (globals->uncaught != 0) return "while an exception unwinds the stack";
  return nullptr;
}

}  // namespace ordeal::sim
