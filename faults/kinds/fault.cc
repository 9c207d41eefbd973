#include "faults/kinds/fault.h"

#include <array>
#include <utility>

#include "core/base/check.h"
#include "faults/kinds/menu.h"
#include "sim/hooks.h"

namespace ordeal::faults {
namespace {

using DiskOp = sim::DiskOp::Kind;
using BrokerOp = sim::BrokerOp::Kind;
using Hosts = std::vector<std::string> Menu::*;

constexpr Marks kEveryDiskOp{DiskOp::read,   DiskOp::write,  DiskOp::sync,          DiskOp::truncate,
                             DiskOp::remove, DiskOp::create, DiskOp::sync_directory};

// A row, said as what it has otherwise than the usual ones of its subject.
struct Row : KindInfo {
  constexpr Row answering(Marks questions) const {
    Row out = *this;
    out.answers = questions;
    return out;
  }
  constexpr Row by_clock(Acts how) const {
    Row out = answering({});
    out.acts = how;
    return out;
  }
  constexpr Row at(Marks of_operations) const {
    Row out = *this;
    out.operations = of_operations;
    return out;
  }
  constexpr Row damaging(Marks of_operations) const {
    Row out = at(of_operations);
    out.damages = true;
    return out;
  }
  constexpr Row aimed(Aim how, std::size_t least = 1) const {
    Row out = *this;
    out.aim = how;
    out.hosts_least = least;
    return out;
  }
  constexpr Row dosed(Dose how) const {
    Row out = *this;
    out.dose = how;
    return out;
  }
  constexpr Row brief() const { return dosed(Dose::brief); }
  constexpr Row never_little() const { return dosed(Dose::never_little); }
  constexpr Row needing(Need what) const {
    Row out = *this;
    out.need = what;
    return out;
  }
  constexpr Row by_name() const {
    Row out = *this;
    out.by_name_only = true;
    return out;
  }
};

constexpr Row row(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest,
                  Subject subject, Marks answers, Hosts hosts) {
  Row out;
  out.kind = kind;
  out.name = name;
  out.words = words;
  out.strongest = strongest;
  out.subject = subject;
  out.answers = answers;
  out.hosts = hosts;
  return out;
}
constexpr Row message(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest) {
  return row(kind, name, words, strongest, Subject::messages, {Question::sending}, &Menu::linked_hosts)
      .aimed(Aim::links);
}
constexpr Row host(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest,
                   Hosts hosts) {
  return row(kind, name, words, strongest, Subject::hosts, {Question::stepping}, hosts);
}
constexpr Row clock(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest) {
  return row(kind, name, words, strongest, Subject::clocks, {}, &Menu::clock_hosts)
      .by_clock(Acts::while_open);
}
constexpr Row disk(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest) {
  return row(kind, name, words, strongest, Subject::disks, {Question::disk}, &Menu::disk_hosts);
}
constexpr Row cache(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest) {
  return row(kind, name, words, strongest, Subject::caches, {Question::cache}, &Menu::cache_hosts);
}
constexpr Row broker(FaultKind kind, std::string_view name, std::string_view words, Ratio strongest) {
  return row(kind, name, words, strongest, Subject::brokers, {Question::broker}, &Menu::broker_hosts);
}

constexpr std::array<KindInfo, kFaultKinds> kKinds{{
    message(FaultKind::message_loss, "message_loss", "messages are lost", {1, 3}),
    message(FaultKind::message_duplicate, "message_duplicate", "messages arrive twice", {1, 2}),
    message(FaultKind::message_delay, "message_delay", "messages are late", {1, 3}),
    message(FaultKind::message_reorder, "message_reorder", "messages overtake each other", {1, 2}),
    message(FaultKind::reply_loss, "reply_loss", "replies are lost", {1, 3}),
    message(FaultKind::connection_reset, "connection_reset", "connections are reset", {1, 3}),
    message(FaultKind::partition, "partition", "the network is cut", {}).aimed(Aim::all_links, 2).brief(),
    host(FaultKind::host_crash, "host_crash", "hosts crash", {1, 10}, &Menu::crash_hosts)
        .answering({Question::stepping, Question::disk})
        .at({DiskOp::sync}),
    host(FaultKind::host_freeze, "host_freeze", "hosts freeze", {1, 10}, &Menu::freeze_hosts),
    host(FaultKind::host_outage, "host_outage", "hosts are down", {}, &Menu::crash_hosts)
        .by_clock(Acts::while_open)
        .brief(),
    clock(FaultKind::clock_offset, "clock_offset", "wall clocks are wrong", {}),
    clock(FaultKind::clock_drift, "clock_drift", "clocks drift", {}),
    clock(FaultKind::clock_step, "clock_step", "wall clocks jump", {}).by_clock(Acts::until_heal),
    clock(FaultKind::clock_freeze, "clock_freeze", "wall clocks stand still", {}).never_little(),
    disk(FaultKind::disk_crash_outcome, "disk_crash_outcome", "a crash keeps or tears unsynced writes", {})
        .answering({Question::unsynced_sector, Question::unsynced_name}),
    disk(FaultKind::disk_stall, "disk_stall", "disks are slow", {1, 3}).at(kEveryDiskOp),
    disk(FaultKind::disk_fail, "disk_fail", "disks fail", {1, 20})
        .at({DiskOp::read, DiskOp::write, DiskOp::sync}),
    disk(FaultKind::disk_full, "disk_full", "disks are full", {1, 20})
        .at({DiskOp::write, DiskOp::create})
        .by_name(),
    disk(FaultKind::disk_lie, "disk_lie", "disks lie about syncs", {1, 3}).at({DiskOp::sync}).by_name(),
    disk(FaultKind::disk_rot, "disk_rot", "bits rot on disks", {1, 60})
        .damaging({DiskOp::read, DiskOp::write})
        .by_name(),
    disk(FaultKind::disk_misdirected_write, "disk_misdirected_write", "writes land elsewhere", {1, 60})
        .damaging({DiskOp::write})
        .by_name(),
    disk(FaultKind::disk_lost_write, "disk_lost_write", "writes never land", {1, 60})
        .damaging({DiskOp::write})
        .by_name(),
    disk(FaultKind::disk_torn_write, "disk_torn_write", "writes land in part", {1, 60})
        .damaging({DiskOp::write})
        .by_name(),
    disk(FaultKind::disk_misdirected_read, "disk_misdirected_read", "reads come from elsewhere", {1, 60})
        .damaging({DiskOp::read})
        .by_name(),
    disk(FaultKind::disk_short_read, "disk_short_read", "reads come in pieces", {1, 3})
        .damaging({DiskOp::read}),
    disk(FaultKind::disk_bad_sector, "disk_bad_sector", "sectors cannot be read any more", {1, 60})
        .damaging({DiskOp::read, DiskOp::write})
        .by_name(),
    row(FaultKind::fork, "fork", "somebody does the unusual", {1, 2}, Subject::forks, {Question::fork},
        &Menu::linked_hosts)
        .aimed(Aim::nowhere),
    message(FaultKind::message_hold, "message_hold", "messages are held and let go together", {}).brief(),
    message(FaultKind::message_tail, "message_tail", "messages are late, a few of them very late", {1, 2}),
    message(FaultKind::message_corruption, "message_corruption", "messages are damaged", {1, 3}),
    host(FaultKind::crash_loop, "crash_loop", "hosts crash soon after each boot", {}, &Menu::crash_hosts)
        .by_clock(Acts::at_the_start)
        .aimed(Aim::one_host)
        .brief(),
    host(FaultKind::host_kill, "host_kill", "hosts crash together", {}, &Menu::crash_hosts)
        .by_clock(Acts::at_the_start)
        .aimed(Aim::together)
        .brief(),
    host(FaultKind::host_slow, "host_slow", "hosts are slow", {1, 1}, &Menu::freeze_hosts),
    disk(FaultKind::disk_wiped, "disk_wiped", "hosts come back with an empty disk", {1, 10})
        .answering({Question::stepping})
        .by_name(),
    disk(FaultKind::disk_swapped, "disk_swapped", "hosts come back with an old disk", {1, 10})
        .answering({Question::stepping})
        .by_name(),
    cache(FaultKind::cache_failover, "cache_failover", "caches fail over and lose their last writes", {1, 20})
        .needing(Need::replica),
    cache(FaultKind::cache_restart_empty, "cache_restart_empty", "caches restart empty", {1, 20}),
    cache(FaultKind::cache_evict, "cache_evict", "caches evict what is wanted", {1, 2})
        .needing(Need::eviction),
    broker(FaultKind::broker_redeliver, "broker_redeliver", "consumed messages come again", {1, 3})
        .at({BrokerOp::acknowledge}),
    broker(FaultKind::broker_duplicate, "broker_duplicate", "messages are stored twice", {1, 2})
        .at({BrokerOp::store}),
    broker(FaultKind::broker_reorder, "broker_reorder", "deliveries overtake each other", {1, 2})
        .at({BrokerOp::deliver}),
    broker(FaultKind::broker_delay, "broker_delay", "delayed messages are late", {1, 2})
        .at({BrokerOp::timer}),
    broker(FaultKind::broker_lose_unflushed, "broker_lose_unflushed", "brokers lose what was not flushed",
           {1, 20})
        .at({BrokerOp::store})
        .needing(Need::asynchronous_flush),
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (static_cast<std::size_t>(kKinds[i].kind) != i || kKinds[i].name.empty() ||
        kKinds[i].answers.empty() != (kKinds[i].acts != Acts::at_sites))
      return false;
  }
  return true;
}
static_assert(in_order(), "the table of kinds follows the order of FaultKind");
static_assert(
    std::is_same_v<std::variant_alternative_t<static_cast<std::size_t>(FaultKind::fork), Fault::OneOf>,
                   ForkTaken>);
static_assert(
    std::is_same_v<
        std::variant_alternative_t<static_cast<std::size_t>(FaultKind::broker_lose_unflushed), Fault::OneOf>,
        BrokerLoseUnflushed>);

constexpr std::array<CrashPointName, 7> kCrashPoints{{
    {CrashPoints::before_commit, "before_commit"},
    {CrashPoints::after_commit, "after_commit"},
    {CrashPoints::before_send, "before_send"},
    {CrashPoints::after_send, "after_send"},
    {CrashPoints::before_handle, "before_handle"},
    {CrashPoints::before_sync, "before_sync"},
    {CrashPoints::after_sync, "after_sync"},
}};

constexpr std::array<std::string_view, 2> kReleases{"in_order", "reversed"};
constexpr std::array<std::string_view, 3> kCuts{"both", "leaving", "entering"};

template <std::size_t... I>
Fault made(std::size_t index, std::index_sequence<I...>) {
  Fault fault;
  ((I == index ? static_cast<void>(fault.emplace<I>()) : static_cast<void>(0)), ...);
  return fault;
}

}  // namespace

Fault::Fault() = default;
Fault::Fault(const Fault& other) = default;
Fault::Fault(Fault&& other) noexcept = default;
Fault& Fault::operator=(const Fault& other) = default;
Fault& Fault::operator=(Fault&& other) noexcept = default;
Fault::~Fault() = default;
bool Fault::operator==(const Fault& other) const {
  return static_cast<const OneOf&>(*this) == static_cast<const OneOf&>(other);
}

std::string_view name_of(Question question) {
  constexpr std::array<std::string_view, kQuestions> kNames{
      "sending", "stepping", "disk", "unsynced_sector", "unsynced_name", "fork", "cache", "broker"};
  return kNames[static_cast<std::size_t>(question)];
}

std::span<const KindInfo> kinds() { return kKinds; }

const KindInfo& info(FaultKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  ORDEAL_CHECK(index < kKinds.size());
  return kKinds[index];
}

std::optional<FaultKind> kind_named(std::string_view name) {
  for (const KindInfo& row : kKinds) {
    if (row.name == name) return row.kind;
  }
  return std::nullopt;
}

Fault make(FaultKind kind) {
  return made(static_cast<std::size_t>(kind), std::make_index_sequence<kFaultKinds>{});
}

Ratio rate_of(const Fault& fault) {
  return std::visit(
      [](const auto& f) {
        if constexpr (requires { f.rate; }) {
          return f.rate;
        } else {
          return Ratio::zero();
        }
      },
      fault);
}

std::span<const CrashPointName> crash_point_names() { return kCrashPoints; }

std::string_view name_of(Partition::Cut cut) { return kCuts[static_cast<std::size_t>(cut)]; }

std::span<const std::string_view> names_of(Partition::Cut) { return kCuts; }

std::string_view name_of(MessageHold::Release release) {
  return kReleases[static_cast<std::size_t>(release)];
}

std::span<const std::string_view> names_of(MessageHold::Release) { return kReleases; }

bool answers(const Fault& fault, Question question) {
  if (!info(fault).answers.has(question)) return false;
  return std::visit(
      [&](const auto& f) {
        if constexpr (requires { f.answers(question); }) {
          return f.answers(question);
        } else {
          return true;
        }
      },
      fault);
}

}  // namespace ordeal::faults
