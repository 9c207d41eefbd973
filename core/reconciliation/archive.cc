#include "core/reconciliation/archive.h"

#include <algorithm>

#include <fmt/format.h>
#include <zip.h>

#include "core/base/check.h"
#include "core/reconciliation/charset.h"

namespace ordeal::reconciliation {
namespace {

// Of a name: "../x", "/x", "a\..\x", "C:x".
bool leaves_folder(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.front() == '\\' || name.find(':') != name.npos) return true;
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("/\\", from), name.size());
    if (name.substr(from, end - from) == "..") return true;
    from = end + 1;
  }
  return false;
}

// Names of old zips say nothing of their charset; Alipay's are GBK.
std::string readable(std::string_view raw) {
  for (const Charset charset : {Charset::utf8, Charset::gbk}) {
    Decoder decoder(charset);
    if (const auto text = decoder.decode(raw)) return std::string(*text);
  }
  return std::string(raw);
}

class MemberSource final : public Source {
 public:
  MemberSource(zip_t* archive, const Archive::Member& member)
      : name_(member.name), file_(zip_fopen_index(archive, member.index, 0)) {
    if (file_ == nullptr)
      failure_ = Refusal{.what = fmt::format("{} in it: {}", name_, zip_strerror(archive))};
  }
  ~MemberSource() override {
    if (file_ != nullptr) zip_fclose(file_);
  }
  MemberSource(const MemberSource&) = delete;
  MemberSource& operator=(const MemberSource&) = delete;

  std::size_t read(std::span<char> to) override {
    if (failure_) return 0;
    const zip_int64_t n = zip_fread(file_, to.data(), to.size());
    if (n >= 0) return static_cast<std::size_t>(n);
    failure_ = Refusal{.what = fmt::format("{} in it is damaged: {}", name_, zip_file_strerror(file_))};
    return 0;
  }
  Refused failure() const override { return failure_; }

 private:
  std::string name_;
  zip_file_t* file_;
  Refused failure_;
};

}  // namespace

struct Archive::Handle {
  zip_t* archive = nullptr;
  ~Handle() {
    if (archive != nullptr) zip_discard(archive);
  }
};

bool is_archive(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

Archive::Archive() : handle_(std::make_unique<Handle>()) {}
Archive::~Archive() = default;

Refused Archive::open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) handle_->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  const bool failed = handle_->archive == nullptr;
  const std::string why = failed ? zip_error_strerror(&error) : "";
  if (failed && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (failed) return Refusal{.what = "no whole zip: " + why};
  const zip_int64_t count = zip_get_num_entries(handle_->archive, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const auto index = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(handle_->archive, index, ZIP_FL_ENC_RAW, &stat) != 0 ||
        (stat.valid & ZIP_STAT_SIZE) == 0)
      return Refusal{.what = fmt::format("no whole zip: {}", zip_strerror(handle_->archive))};
    const char* raw = zip_get_name(handle_->archive, index, ZIP_FL_ENC_RAW);
    const std::string name = readable(raw == nullptr ? "" : raw);
    if (leaves_folder(name))
      return Refusal{.what = fmt::format("the name \"{}\" in it leaves its folder", name)};
    if (stat.size > kLargestMember)
      return Refusal{
          .what = fmt::format("{} in it unpacks to {} bytes, more than {}", name, stat.size, kLargestMember)};
    members_.push_back({name, index, stat.size});
  }
  return std::nullopt;
}

std::unique_ptr<Source> Archive::source(const Member& member) const {
  return std::make_unique<MemberSource>(handle_->archive, member);
}

}  // namespace ordeal::reconciliation
