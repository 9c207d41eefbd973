#include "scenarios/play/machine_rows.h"

namespace ordeal::play {

const std::vector<KnobRow>& machine_knobs() {
  // Ten pages are what SQLite needs to get anywhere; then it spills in the middle of transactions.
  static const std::vector<KnobRow> rows{
      {"database.journal_mode",
       {"wal", "delete", "truncate", "persist"},
       "how SQLite makes a commit atomic",
       {}},
      {"database.page_size", {"512", "1024", "2048", "4096"}, "bytes of a database page", {}},
      {"database.cache_pages", {"10", "50", "200"}, "pages a connection keeps in memory", {}},
      {"database.checkpoint_pages",
       {"1", "10", "50", "1000"},
       "pages in the WAL before they are copied back",
       {}},
      {"disk.powersafe_overwrite",
       {"yes", "no"},
       "whether SQLite is told that an interrupted write leaves the bytes beside it alone",
       {}},
      {"network.through_json",
       {"0/1", "1/4", "1/1"},
       "the share of messages that go through JSON and back",
       {}},
  };
  return rows;
}

const Choice& route_choice() {
  static const Choice choice{"deployment.route",
                             "Which of several instances of a service does a call go to?",
                             {"keyed", "round_robin", "sticky"}};
  return choice;
}

const std::vector<const SeamRow*>& machine_seams() {
  static const std::vector<const SeamRow*> rows{&route_choice()};
  return rows;
}

const std::vector<MarkRow>& machine_marks() {
  static const std::vector<MarkRow> rows{
      {"a broadcast message was dropped", "A broker gave up on a consumer of a broadcast."},
      {"a full server refused a request", "A process had as much work as it takes."},
      {"a half message was discarded undecided", "A broker asked for its fate as often as it does."},
      {"a message became a dead letter", "A broker delivered it as often as it does."},
      {"a client does not know that its transaction was not undone",
       "A database failed to undo a transaction, and its client did not hear that."},
      {"a client left while its transaction ran",
       "A database rolled a transaction back because nobody waits for it."},
      {"a pool of connections ran dry", "A task waited for a connection for as long as it does."},
      {"a request under a lost row lock was refused",
       "A database host had gone down since the row was locked."},
      {"a row lock was freed because its release was lost",
       "A release did not arrive within the detection time."},
      {"a row lock was granted to nobody", "Who waited for the row had gone when it was free."},
      {"a task waited for a connection to its database", "All connections of a pool were in use."},
      {"a transaction whose client had gone was not begun", "A database did not begin what nobody waits for.",
       MarkGrade::must},
      {"another instance was tried", "An instance surely did nothing, so the next was asked.",
       MarkGrade::must},
      {"row locks of a dead process were freed", "A database noticed that the holder of a row is gone."},
      {"a process died of a doubtful commit", "A commit failed, and so did finding out what became of it."},
      {"damage detected", "A database refused a page whose sum is wrong."},
      {"damaged message found by its checksum", "A transport threw it away."},
      {"damaged text delivered", "Text on an open path arrived otherwise than it was sent."},
  };
  return rows;
}

const std::vector<PointRow>& machine_points() {
  static const std::vector<PointRow> rows{
      {"outbox: a relay forgets who acknowledged", "A row that was delivered is delivered again.", {}},
      {"outbox: a relay sends one row a pass", "A pass takes one row, however many are due.", {}},
      {"worker: a worker wakes late", "A worker oversleeps by three seconds.", {}},
  };
  return rows;
}

namespace {

// Of the counters of a trial, one sample each.
template <auto Counter>
void read_counter(const Finished& trial, std::vector<std::int64_t>& samples) {
  samples.push_back(static_cast<std::int64_t>(trial.counters.*Counter));
}

}  // namespace

const std::vector<MeasureRow>& machine_measures() {
  using sim::Counters;
  static const std::vector<MeasureRow> rows{
      {"messages",
       "Packets that were sent, those between services of one host and those to databases among them.",
       Told::each, Unit::number, Better::less,
       [](const Finished& trial, std::vector<std::int64_t>& samples) {
         samples.push_back(static_cast<std::int64_t>(trial.messages));
       }},
      {"transactions", "Transactions that became durable with something written.", Told::each, Unit::number,
       Better::less, read_counter<&Counters::transactions>},
      {"SQL statements", "Statements in transactions and reads, BEGIN and COMMIT not counted.", Told::each,
       Unit::number, Better::less, read_counter<&Counters::statements>},
      {"transactions in vain",
       "Transactions that were rolled back or found nothing to write: a lost race, a repeat.", Told::total,
       Unit::number, Better::less, read_counter<&Counters::in_vain>},
      {"waiting for a database", "From coming to a database to having it: it does one thing at a time.",
       Told::each, Unit::time, Better::less, read_counter<&Counters::database_wait_ns>},
      {"row lock waits", "Row locks that somebody else held.", Told::total, Unit::number, Better::less,
       read_counter<&Counters::row_waits>},
      {"waiting for row locks", "How long those took.", Told::each, Unit::time, Better::less,
       read_counter<&Counters::row_wait_ns>},
      {"deadlocks", "Row locks that were refused because the wait would have closed a cycle.", Told::total,
       Unit::number, Better::less, read_counter<&Counters::deadlocks>},
  };
  return rows;
}

}  // namespace ordeal::play
