#include "scenarios/cli/interrupts.h"

#include <csignal>

#include <sys/prctl.h>

namespace ordeal::cli {
namespace {

// A signal handler can reach nothing but globals; this is the only state of the program that is one.
volatile std::sig_atomic_t g_first = 0;
volatile std::sig_atomic_t g_count = 0;
volatile std::sig_atomic_t g_stop = 0;

// A lost terminal is a polite kill.
void note(int signal) {
  if (g_first == 0) g_first = signal == SIGHUP ? SIGTERM : signal;
  g_count = g_count + 1;
}
void stop(int) { g_stop = 1; }

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);  // without SA_RESTART: a wait ends at once
}

// Whoever was started with nohup stays deaf to a lost terminal.
bool hears_hangups() {
  struct sigaction action {};
  sigaction(SIGHUP, nullptr, &action);
  return action.sa_handler != SIG_IGN;
}

void hold(int how) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  sigprocmask(how, &set, nullptr);
}

}  // namespace

Interrupts::Interrupts() {
  g_first = 0;
  g_count = 0;
  handle(SIGINT, note);
  handle(SIGTERM, note);
  if (hears_hangups()) handle(SIGHUP, note);
}

Interrupts::~Interrupts() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
  if (hears_hangups()) handle(SIGHUP, SIG_DFL);
}

int Interrupts::signal() { return g_first; }
int Interrupts::count() { return g_count; }

void become_worker() {
  g_stop = 0;
  handle(SIGINT, SIG_IGN);
  handle(SIGHUP, SIG_IGN);
  handle(SIGTERM, stop);
  handle(SIGPIPE, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

bool worker_should_stop() { return g_stop != 0; }

SignalsHeld::SignalsHeld() { hold(SIG_BLOCK); }
SignalsHeld::~SignalsHeld() { hold(SIG_UNBLOCK); }

}  // namespace ordeal::cli
