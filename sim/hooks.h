// The questions that devices ask before they act, and the verdicts they accept. A device holds no
// probabilities: whoever installs Hooks (faults/ does, from a plan) answers by key. The default answer is
// always "nothing special happens".
//
// Each question carries its Moment: the key that names it for choices and strikes, and what is needed to
// print it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/time.h"
#include "sim/cause.h"
#include "sim/choice.h"

namespace ordeal::sim {

using HostId = std::uint32_t;

struct Moment {
  Key key;
  TraceContext cause;
  std::string_view what;   // "send order.place", "commit payment.callback", "sync order.db-wal"
  HostId host = 0;         // where it happens
  std::int64_t at_ns = 0;  // true time since the trial began
};

// A message is about to enter the network.
struct Sending {
  HostId to = 0;
  bool is_reply = false;
  bool is_open = false;  // damage on its way reaches the receiver (Options::open_paths)
};
struct SendVerdict {
  enum class Act : std::uint8_t { pass, drop, duplicate, reset, corrupt };
  Act act = Act::pass;
  Duration extra{};       // added to the ordinary delay; negative never: time does not run back
  Duration copy_after{};  // duplicate: the second copy arrives this much after the first
  bool whole = false;     // `extra` is all of the delay: a message that was held and let go
};

// The storage of a host after a crash: its own, an empty one, or what it was before the first boot.
enum class Storage : std::uint8_t { same, wiped, swapped };

// A service is about to take, or has just taken, a step that matters: a commit, a send, a reply, an
// acknowledgement.
struct Stepping {
  enum class Where : std::uint8_t { before_commit, after_commit, before_send, after_send, before_handle };
  static constexpr std::size_t kPlaces = 5;
  Where where{};
};
struct StepVerdict {
  enum class Act : std::uint8_t { pass, crash, freeze, slow };
  Act act = Act::pass;
  // crash: until the restart; freeze: until the thaw, Duration::max(): never; slow: this step takes so much longer.
  Duration for_how_long{};
  Storage storage = Storage::same;  // crash: what the host finds when it comes back
};

// A disk operation of a file is about to happen.
struct DiskOp {
  enum class Kind : std::uint8_t { read, write, sync, truncate, remove, create, sync_directory };
  static constexpr std::size_t kKinds = 7;
  Kind kind{};
  std::string_view file;
  std::int64_t offset = 0;
  std::int64_t size = 0;
};
struct DiskVerdict {
  enum class Act : std::uint8_t {
    pass,
    fail,          // an I/O error, once
    full,          // no space left
    lie,           // sync only: says it is durable, and is not
    crash_before,  // the host dies instead of doing it
    crash_after,   // the host dies when it is done, before the caller learns
    // Damage: the caller is told that all went well (sim/disk/damage.h).
    rot,        // read, write: `count` bits from bit `at` of the range flip, for good
    misdirect,  // read, write: another block of the file is taken, `at` says which
    lose,       // write: never lands
    tear,       // write: the first `count` bytes land, the rest does not
    // Trouble that is told.
    shorten,   // read: `count` bytes come, the caller may ask for the rest
    wear_out,  // read, write: the sectors of the range cannot be read until they are written again
  };
  Act act = Act::pass;
  Duration stall{};          // it takes this much longer
  Duration restart_after{};  // crashes only; Duration::max(): never
  std::int64_t at = 0;
  std::int64_t count = 0;
};

// The host dies with this 512-byte sector written but not synced.
struct UnsyncedSector {
  std::string_view file;
  std::uint32_t write = 0;   // which pending write of the file, oldest first
  std::uint32_t sector = 0;  // which sector of that write
};
struct SectorVerdict {
  enum class Act : std::uint8_t { lost, kept, torn };
  Act act = Act::lost;
  std::uint32_t torn_bytes = 0;  // torn: so many leading bytes are new, the rest is old
};
// The host dies with this file created, removed or cut but the directory not synced.
struct UnsyncedName {
  std::string_view file;
  bool created = false;  // false: removed
};

// A party or a piece of code stands at a fork with named ways; way 0 is the ordinary one.
struct Fork {
  std::span<const std::string_view> ways;
};

// A cache is about to run a command or a script.
struct CacheOp {
  std::string_view command;  // "SET", or a script's name
  std::string_view key;      // the first one; may be empty
  bool writes = false;
  bool has_replica = false;  // a failover is possible
  bool evictable = false;    // the cache's policy would let `key` go
};
struct CacheVerdict {
  enum class Act : std::uint8_t {
    pass,
    failover,  // it is run; then the primary dies unheard and a replica takes over without its last writes
    restart_empty,  // the same, but what comes back knows nothing
    evict,          // the key is evicted just before
  };
  Act act = Act::pass;
  Duration lag{};       // failover: what was written so long ago or later is lost
  Duration down_for{};  // failover, restart_empty: until it answers again; Duration::max(): not by itself
};

// A broker is about to do something with a message.
struct BrokerOp {
  enum class Kind : std::uint8_t {
    store,        // a sender's message goes to the log, acknowledged afterwards
    deliver,      // to a consumer group
    acknowledge,  // a consumer said it is done
    timer,        // a delayed message is due
  };
  Kind kind{};
  std::string_view topic;
  std::string_view group;  // deliver, acknowledge
  bool may_lose = false;   // the flush is asynchronous: a crash can lose what was acknowledged
};
struct BrokerVerdict {
  enum class Act : std::uint8_t {
    pass,
    hold,       // deliver, timer: it happens `after` later
    redeliver,  // acknowledge: the broker forgets it; the message comes again `after` later
    duplicate,  // store: it is stored twice, as after a retry on another broker
    crash,      // store: it is stored and acknowledged, then the host dies and loses what was not flushed
  };
  Act act = Act::pass;
  Duration after{};  // crash: until the restart; Duration::max(): not by itself
};

class Hooks {
 public:
  virtual ~Hooks() = default;
  virtual SendVerdict sending(const Moment&, const Sending&) { return {}; }
  virtual StepVerdict stepping(const Moment&, const Stepping&) { return {}; }
  virtual DiskVerdict disk(const Moment&, const DiskOp&) { return {}; }
  virtual SectorVerdict unsynced_sector(const Moment&, const UnsyncedSector&) { return {}; }
  virtual bool name_survives(const Moment&, const UnsyncedName&) { return false; }
  virtual std::size_t fork(const Moment&, const Fork&) { return 0; }
  virtual CacheVerdict cache(const Moment&, const CacheOp&) { return {}; }
  virtual BrokerVerdict broker(const Moment&, const BrokerOp&) { return {}; }

  // Whether a question of this sort may be answered anywhere, now or later; once false, for good. Who is not heard need neither
  // ask nor count its visits of the site, for nobody will look at the count. (So nobody but the question draws at its site.)
  virtual bool hears_step(std::int64_t /*now_ns*/, Stepping::Where) const { return true; }
  virtual bool hears_fork(std::int64_t /*now_ns*/, std::string_view /*what*/) const { return true; }
  virtual bool hears_disk(std::int64_t /*now_ns*/, DiskOp::Kind) const { return true; }
};

}  // namespace ordeal::sim
