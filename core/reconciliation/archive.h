// A zip as channels send bills in: a summary and a table of details, their names in the charset of the channel. It is read
// in memory and by name; nothing of it is written anywhere.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/reconciliation/bytes.h"

namespace ordeal::reconciliation {

inline constexpr std::size_t kLargestArchive = std::size_t{32} << 20U;
inline constexpr std::uint64_t kLargestMember = std::uint64_t{4} << 30U;

bool is_archive(std::string_view head);

class Archive {
 public:
  struct Member {
    std::string name;  // UTF-8
    std::uint64_t index = 0;
    std::uint64_t size = 0;
  };

  Archive();
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // `bytes` outlive the archive. Refuses what is no whole zip, and a name that leaves its folder.
  Refused open(std::string_view bytes);
  const std::vector<Member>& members() const { return members_; }
  // Its failure() tells of contents that are damaged.
  std::unique_ptr<Source> source(const Member& member) const;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::vector<Member> members_;
};

}  // namespace ordeal::reconciliation
