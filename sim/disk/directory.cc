#include "sim/disk/directory.h"

#include <utility>

namespace ordeal::sim {

bool FileLocks::raise(const void* holder, int from, int to) {
  if (from == 0) {  // to shared
    if (pending_ && writer_ != holder) return false;
    ++shared_;
    from = 1;
  }
  if (to <= 1) return true;
  if (writer_ != nullptr && writer_ != holder) return false;
  writer_ = holder;
  if (to < 4) return true;
  pending_ = true;  // from here on no new readers
  return shared_ == 1;
}

void FileLocks::lower(const void* holder, int from, int to) {
  if (to >= 2) return;
  if (writer_ == holder) {
    writer_ = nullptr;
    pending_ = false;
  }
  if (to == 0 && from >= 1) --shared_;
}

std::shared_ptr<File> Directory::find(std::string_view name) const {
  const auto found = now_.find(name);
  return found == now_.end() ? nullptr : found->second;
}

std::shared_ptr<File> Directory::create(std::string_view name) {
  auto file = std::make_shared<File>();
  now_.insert_or_assign(std::string(name), file);
  pending_.push_back({std::string(name), file, true});
  return file;
}

bool Directory::remove(std::string_view name) {
  const auto found = now_.find(name);
  if (found == now_.end()) return false;
  pending_.push_back({found->first, found->second, false});
  now_.erase(found);
  return true;
}

void Directory::put(std::string_view name, FileImage image, std::shared_ptr<WarmSessions> warm) {
  auto file = std::make_shared<File>();
  file->image = std::move(image);
  file->warm_sessions = std::move(warm);
  now_.insert_or_assign(std::string(name), file);
  durable_.insert_or_assign(std::string(name), file);
}

void Directory::sync() {
  for (const NameChange& change : pending_) {
    if (change.created) {
      durable_.insert_or_assign(change.name, change.file);
    } else if (const auto found = durable_.find(change.name); found != durable_.end()) {
      durable_.erase(found);
    }
  }
  pending_.clear();
}

FileImage::Damage Directory::crash(const SectorFate& sector, const NameFate& name) {
  FileImage::Damage damage;
  const auto settle = [&](const std::string& file_name, File& file) {
    file.image.crash([&](std::uint32_t write, std::uint32_t at) { return sector(file_name, write, at); },
                     damage);
    file.locks = {};
    file.sync_failed = false;
  };
  for (const auto& [file_name, file] : durable_) settle(file_name, *file);
  for (const NameChange& change : pending_) {
    if (change.created) settle(change.name, *change.file);
  }
  const auto pending = std::exchange(pending_, {});
  for (const NameChange& change : pending) {
    if (!name(change.name, change.created)) continue;
    if (change.created) {
      durable_.insert_or_assign(change.name, change.file);
    } else if (const auto found = durable_.find(change.name); found != durable_.end()) {
      durable_.erase(found);
    }
  }
  now_ = durable_;
  return damage;
}

}  // namespace ordeal::sim
