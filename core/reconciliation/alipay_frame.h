// The remarks around an Alipay table.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/reconciliation/lines.h"
#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

class AlipayFrame {
 public:
  AlipayFrame(Source& source, Taking& taking) : lines_(source, Charset::gbk), taking_(taking) {}

  const Lines& lines() const { return lines_; }
  // Up to the names of the columns.
  Refused read_head(std::string& names);
  // The next detail; false: the end mark was read, or refused() says what is wrong.
  bool next_detail(std::string_view& line);
  const Refused& refused() const { return refused_; }
  // The remark that begins with `words`; what is before it is passed over.
  Refused find(std::string_view words, std::string& line);
  // Nothing but remarks up to the end.
  Refused read_rest();
  // A day outside of the file's own range.
  Refused outside(const Entry& entry) const;

 private:
  Refused read_range(std::string_view line);
  Refused cut() const;

  Lines lines_;
  Taking& taking_;
  bool has_range_ = false;
  Refused refused_;
};

// The values between `words`: words[0] value words[1] value …; false: the line has others.
bool values_between(std::string_view line, std::span<const std::string_view> words,
                    std::span<std::string_view> values);

}  // namespace ordeal::reconciliation
