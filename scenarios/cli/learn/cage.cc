#include "scenarios/cli/learn/cage.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace ordeal::cli {
namespace {

std::int32_t* g_note = nullptr;  // of this worker; a signal handler has nothing else to hold on to

// What a trial needs: memory, reading, writing to what is open, and the ways out.
constexpr std::array kAllowed{SCMP_SYS(read),
                              SCMP_SYS(write),
                              SCMP_SYS(writev),
                              SCMP_SYS(pread64),
                              SCMP_SYS(close),
                              SCMP_SYS(fstat),
                              SCMP_SYS(newfstatat),
                              SCMP_SYS(lseek),
                              SCMP_SYS(mmap),
                              SCMP_SYS(munmap),
                              SCMP_SYS(mprotect),
                              SCMP_SYS(mremap),
                              SCMP_SYS(madvise),
                              SCMP_SYS(brk),
                              SCMP_SYS(futex),
                              SCMP_SYS(sigaltstack),
                              SCMP_SYS(rt_sigaction),
                              SCMP_SYS(rt_sigprocmask),
                              SCMP_SYS(rt_sigreturn),
                              SCMP_SYS(getpid),
                              SCMP_SYS(gettid),
                              SCMP_SYS(clock_gettime),
                              SCMP_SYS(gettimeofday),

                              SCMP_SYS(sched_yield),
                              SCMP_SYS(poll),
                              SCMP_SYS(exit),
                              SCMP_SYS(exit_group),
                              SCMP_SYS(restart_syscall),
                              SCMP_SYS(getcpu),
                              SCMP_SYS(readlink),
                              SCMP_SYS(access),
                              SCMP_SYS(getcwd),
                              SCMP_SYS(getdents64),
                              SCMP_SYS(statx),
                              SCMP_SYS(readlinkat),
                              SCMP_SYS(faccessat),
                              SCMP_SYS(faccessat2),
                              SCMP_SYS(fcntl)};

void on_forbidden(int, siginfo_t* info, void*) {
  if (g_note != nullptr) *g_note = info->si_syscall;
  ::_exit(70);
}

void limit(int what, std::uint64_t to) {
  const rlimit limits{to, to};
  static_cast<void>(::setrlimit(static_cast<__rlimit_resource_t>(what), &limits));
}

void forbid_the_rest() {
  scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_TRAP);
  if (filter == nullptr) return;
  for (const int call : kAllowed) static_cast<void>(::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0));
  // Opening to read; and signals to oneself, which abort() sends.
  const scmp_arg_cmp reading{2, SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY};
  static_cast<void>(::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, reading));
  const scmp_arg_cmp self{0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()), 0};
  static_cast<void>(::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, self));
  static_cast<void>(::seccomp_load(filter));
  ::seccomp_release(filter);
}

}  // namespace

CageNote::CageNote() {
  void* page =
      ::mmap(nullptr, sizeof(std::int32_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::bad_alloc();
  call_ = new (page) std::int32_t(-1);
}

CageNote::~CageNote() { ::munmap(call_, sizeof(std::int32_t)); }

std::string CageNote::forbidden() const {
  if (*call_ < 0) return "";
  char* name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, *call_);
  const std::string text = name == nullptr ? "system call " + std::to_string(*call_) : name;
  std::free(name);
  return text;
}

void enter_cage(const CageNote& note) {
  g_note = note.call_;
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  limit(RLIMIT_CPU, kCageCpuSeconds);
  limit(RLIMIT_AS, kCageBytes);
  limit(RLIMIT_CORE, 0);
  struct sigaction action {};
  action.sa_sigaction = on_forbidden;
  action.sa_flags = SA_SIGINFO;
  ::sigaction(SIGSYS, &action, nullptr);
  forbid_the_rest();
}

}  // namespace ordeal::cli
