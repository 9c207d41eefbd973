// The formats that can be read, each a row; what a file is is seen from its first bytes, never from its name.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

struct Format {
  std::string_view name;
  std::string_view summary;
  Refused (*read)(Source&, Taking&);
  bool is_bill = true;               // of a channel: a line that is there twice is a mistake of the file
  std::string_view in_archive = {};  // what the name of its table has in an archive, where it comes in one
};

std::span<const Format> formats();
const Format* format_named(std::string_view name);

// Reads all of a file, or of the table in an archive, into `sink`. A null format is found out. Nothing that `sink` got
// counts if it is refused. Entries are given in the order of the file.
Refused read_statement(Source& source, const Format* format, const Asked& asked, EntrySink& sink,
                       Statement& statement);

// Passes a trade on as what it moves on an account: the settled part, and the fee for itself, rounded to the minor unit;
// an account's line as it is. So a trade bill can be held against the fund bill of the same day.
class AsFunds final : public EntrySink {
 public:
  explicit AsFunds(EntrySink& sink) : sink_(sink) {}
  Refused take(const Entry& entry) override;

 private:
  EntrySink& sink_;
};

}  // namespace ordeal::reconciliation
