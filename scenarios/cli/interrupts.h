// Ctrl-C, the polite kill, and the terminal that is gone (which counts as a polite kill). The parent of a hunt notes the signal, stops its workers and still reports; a
// second signal stops them the hard way. Workers let Ctrl-C and hangups pass (the terminal sends them to everybody) and
// finish their trial when the parent says so. Plain verbs need none of this: they leave whole files or none.
#pragma once

namespace ordeal::cli {

class Interrupts {
 public:
  // From here on SIGINT, SIGTERM and SIGHUP are counted; the old handlers come back at the end.
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // SIGINT, SIGTERM or 0: the first that came.
  static int signal();
  static int count();
};

// Called in a forked worker: SIGINT and SIGHUP are ignored, SIGTERM means "after this trial", SIGPIPE is an error of
// write. The worker dies with its parent.
void become_worker();
bool worker_should_stop();

// They wait while one of these lives: over a fork, so that a worker never runs with its
// parent's handlers.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
};

}  // namespace ordeal::cli
