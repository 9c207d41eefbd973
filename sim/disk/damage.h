// Damage: what a disk does to bytes without telling anybody, and what was noticed of it later.
//
// Model. Damage is done to the image of a file in place, as on a medium: a later write over the range repairs
// it, a power loss treats it like the bytes it hit. A write that is lost, torn or misdirected leaves the file
// as long as it was meant to be (sizes live in the file system's metadata), with zeros or the old bytes where
// nothing landed. A misdirected operation takes another block of its own size in the same file; block `n` is
// counted round the file from the one that was meant. Damage to another file is not modelled: it is the rot
// of that file. Bad sectors belong to the File and go when they are written again.
//
// The log outlives processes. `done` is what only the bench knows; `found` is what a checksum, SQLite or a
// failing read brought to light. A file that was damaged and about which nothing was found is what its declared
// duty has to allow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/disk/directory.h"
#include "sim/hooks.h"

namespace ordeal::sim {

struct DamageDone {
  DiskVerdict::Act act{};
  std::string file;
  std::int64_t offset = 0;
  std::int64_t size = 0;
};

struct DamageFound {
  std::string file;       // the database: its logs and journals count as it
  std::int64_t page = 0;  // from 1; 0: not known
  std::string what;       // "page 7 does not carry its checksum"
};

struct DamageLog {
  std::vector<DamageDone> done;
  std::vector<DamageFound> found;
};

// Flips `verdict.count` bits of the range [offset, offset + size), as far as the file has it, from bit
// `verdict.at` on.
void rot(FileImage& image, std::int64_t offset, std::int64_t size, const DiskVerdict& verdict);
// Where an operation on [offset, offset + size) goes that is misdirected by `blocks`; nothing if the file has
// no other block of that size.
std::optional<std::int64_t> elsewhere(const FileImage& image, std::int64_t offset, std::int64_t size,
                                      std::int64_t blocks);
// A write of which only `bytes` land, and they at `landing`.
void write_part(FileImage& image, std::int64_t offset, std::span<const std::byte> data, std::size_t bytes,
                std::int64_t landing);

// Bad sectors of a file.
void wear_out(File& file, std::int64_t offset, std::int64_t size);
void renew(File& file, std::int64_t offset, std::int64_t size);
bool is_readable(const File& file, std::int64_t offset, std::int64_t size);

}  // namespace ordeal::sim
