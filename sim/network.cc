#include "sim/network.h"

#include <string>
#include <utility>

#include "core/base/check.h"
#include "sim/http_text.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

std::string_view verb(Packet::Kind kind) { return kind == Packet::Kind::request ? "send " : "reply "; }

// One packet, for readers of a trace with causes: what left as "#2.17" comes as "#2.17".
std::string number_of(const Simulation& sim, const Packet& packet) {
  if (sim.options().trace != Trace::Mode::with_causes) return {};
  return "#" + std::to_string(packet.from_life) + "." + std::to_string(packet.call);
}

// A TCP reset or a refused connection says just this.
Packet nothing_listens(const Packet& request) {
  Packet back = request;
  back.kind = Packet::Kind::unreachable;
  std::swap(back.from, back.to);
  back.body = {};
  return back;
}

}  // namespace

void Network::send(Packet packet) {
  ++sent_;
  Simulation& sim = simulation_;
  const Words what(verb(packet.kind), packet.method);
  const Moment moment = sim.moment(packet.cause, what, packet.from);
  SendVerdict verdict;
  if (sim.hooks() != nullptr) {
    verdict =
        sim.hooks()->sending(moment, {packet.to, packet.kind != Packet::Kind::request, is_open(packet)});
  }
  sim.trace().add(EventKind::message_sent, sim.now_ns(), packet.from, moment.key.site,
                  packet.body.digest() ^ static_cast<std::uint64_t>(verdict.act), [&] {
                    const std::string number = number_of(sim, packet);
                    if (number.empty()) return number;
                    return std::string(what.view()) + " to " + sim.host(packet.to).name() + " " + number;
                  });
  if (!packet.body.empty() && packet.body.type().from_json != nullptr &&
      sim.choices().chance(moment.key, lane("through json"), sim.options().through_json)) {
    // Another writer's text begins otherwise than ours and takes the reader's long way.
    const bool ours = sim.choices().chance(moment.key, lane("as we write it"), {1, 2});
    const std::string text = (ours ? "" : " ") + packet.body.to_json();
    auto again = env::Message::from_json(packet.body.type(), text);
    ORDEAL_CHECK(again.ok(), again.ok() ? std::string() : again.error());
    packet.body = std::move(again).value();
  }
  const Duration delay =
      verdict.whole ? verdict.extra : sim.choices().delay(moment.key, sim.options().link) + verdict.extra;
  switch (verdict.act) {
    case SendVerdict::Act::pass:
      deliver_after(delay, std::move(packet), moment.key.site);
      return;
    case SendVerdict::Act::duplicate:
      packet.has_copy = true;
      deliver_after(delay + verdict.copy_after, packet, moment.key.site);
      deliver_after(delay, std::move(packet), moment.key.site);
      return;
    case SendVerdict::Act::drop:
      sim.trace().add(EventKind::message_lost, sim.now_ns(), packet.from, moment.key.site, 0);
      return;
    case SendVerdict::Act::reset:
      sim.trace().add(EventKind::message_lost, sim.now_ns(), packet.from, moment.key.site, 1);
      if (packet.kind == Packet::Kind::request)
        deliver_after(delay, nothing_listens(packet), moment.key.site);
      return;
    case SendVerdict::Act::corrupt:
      if (is_open(packet)) {
        sim.mark("damaged text delivered");
        packet.body = damaged(packet.body.as<HttpText>(), sim.choices(), moment.key);
        deliver_after(delay, std::move(packet), moment.key.site);
        return;
      }
      sim.mark("damaged message found by its checksum");
      sim.trace().add(EventKind::message_lost, sim.now_ns(), packet.from, moment.key.site, 3);
      return;
  }
}

bool Network::is_open(const Packet& packet) const {
  const HttpText* text = packet.body.get_if<HttpText>();
  if (text == nullptr || text->body.empty()) return false;
  const std::string_view path = packet.method.substr(packet.method.find(' ') + 1);
  for (const std::string& open : simulation_.options().open_paths) {
    if (path.starts_with(open)) return true;
  }
  return false;
}

void Network::deliver_after(Duration delay, Packet packet, SiteId site) {
  std::uint32_t slot = 0;
  if (free_.empty()) {
    slot = static_cast<std::uint32_t>(flying_.size());
    flying_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  flying_[slot] = {std::move(packet), site};
  simulation_.scheduler().at(simulation_.now_ns() + delay.ns, [this, slot] { deliver(slot); });
}

void Network::deliver(std::uint32_t slot) {
  Simulation& sim = simulation_;
  Packet packet = std::move(flying_[slot].packet);
  const SiteId site = flying_[slot].site;
  free_.push_back(slot);
  Host& host = sim.host(packet.to);
  // A program that boots serves nobody yet, but what it asked for reaches it.
  const bool listens = host.process() != nullptr && (host.is_up() || packet.kind != Packet::Kind::request);
  sim.trace().add(listens ? EventKind::message_delivered : EventKind::message_lost, sim.now_ns(), packet.to,
                  site, 2, [&] { return number_of(sim, packet); });
  if (listens) {
    host.process()->receive(std::move(packet));
  } else if (packet.kind == Packet::Kind::request && !packet.has_copy) {
    send(nothing_listens(packet));
  }
}

}  // namespace ordeal::sim
