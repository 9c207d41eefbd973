// The part of Disk that reads and writes the medium as verdicts say, and remembers what it damaged.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/disk/disk.h"
#include "sim/simulation.h"

namespace ordeal::sim {
namespace {

using Act = DiskVerdict::Act;

// "order.db" of "order.db-wal".
std::string_view database_of(std::string_view file) {
  for (const std::string_view suffix : {std::string_view("-wal"), std::string_view("-journal")}) {
    if (file.ends_with(suffix)) return file.substr(0, file.size() - suffix.size());
  }
  return file;
}

bool does_damage(Act act) {
  return act == Act::rot || act == Act::misdirect || act == Act::lose || act == Act::tear ||
         act == Act::wear_out;
}

}  // namespace

IoStatus Disk::fetch(const DiskVerdict& verdict, const Handle& handle, std::int64_t offset,
                     std::span<std::byte> out, std::int64_t& got) {
  File& file = *handle.file;
  const auto size = static_cast<std::int64_t>(out.size());
  const std::string& name = names_[handle.name].text;
  if (does_damage(verdict.act)) damage_.done.push_back({verdict.act, name, offset, size});
  std::int64_t from = offset;
  switch (verdict.act) {
    case Act::rot:
      rot(file.image, offset, size, verdict);
      break;
    case Act::misdirect:
      from = elsewhere(file.image, offset, size, verdict.at).value_or(offset);
      break;
    case Act::wear_out:
      wear_out(file, offset, size);
      break;
    case Act::shorten:
      out = out.first(static_cast<std::size_t>(std::clamp<std::int64_t>(verdict.count, 1, size)));
      break;
    default:
      break;
  }
  if (!is_readable(file, from, size)) {
    found_damage(name, 0, fmt::format("a sector of {} at byte {} cannot be read", name, from));
    return IoStatus::error;
  }
  got = file.image.read(from, out);
  return IoStatus::ok;
}

void Disk::store(const DiskVerdict& verdict, const Handle& handle, std::int64_t offset,
                 std::span<const std::byte> data) {
  File& file = *handle.file;
  const auto size = static_cast<std::int64_t>(data.size());
  if (does_damage(verdict.act)) damage_.done.push_back({verdict.act, names_[handle.name].text, offset, size});
  switch (verdict.act) {
    case Act::lose:
      write_part(file.image, offset, data, 0, offset);
      return;
    case Act::tear:
      write_part(file.image, offset, data, static_cast<std::size_t>(std::max<std::int64_t>(verdict.count, 0)),
                 offset);
      return;
    case Act::misdirect: {
      const auto landing = elsewhere(file.image, offset, size, verdict.at);
      write_part(file.image, offset, data, landing ? data.size() : 0, landing.value_or(offset));
      return;
    }
    case Act::rot:
      file.image.write(offset, data);
      rot(file.image, offset, size, verdict);
      break;
    default:
      file.image.write(offset, data);
      break;
  }
  renew(file, offset, size);
  if (verdict.act == Act::wear_out) wear_out(file, offset, size);
}

void Disk::found_damage(std::string_view file, std::int64_t page, std::string what) {
  const std::string_view database = database_of(file);
  for (const DamageFound& known : damage_.found) {
    if (known.file == database && known.page == page && known.what == what) return;
  }
  if (host_ != nullptr) {
    Simulation& sim = simulation();
    sim.mark("damage detected");
    sim.trace().say(sim.now_ns(), host_->id(),
                    [&] { return fmt::format("detected damage in {}: {}", database, what); });
  }
  damage_.found.push_back({std::string(database), page, std::move(what)});
}

}  // namespace ordeal::sim
