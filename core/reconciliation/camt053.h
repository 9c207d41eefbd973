// A bank's statement of a day, ISO 20022 camt.053 (BankToCustomerStatement, versions 2 to 8 and later ones that keep its
// elements). What is checked beyond the XML: opening balance plus entries gives the closing one, the summary where there is
// one, details against their entry, no servicer's reference twice, no entry outside of the statement's days, no element that
// the schema does not have where amounts are.
//
// An amount has no sign: CdtDbtInd says which way, of a reversal too (RvslInd changes nothing, the indicator is the effect).
// An entry with details is its details. The number is the EndToEndId, or where there is none (NOTPROVIDED) the servicer's
// reference. Pending entries are not booked and are passed over.
#pragma once

#include "core/reconciliation/statement.h"

namespace ordeal::reconciliation {

// Read as a tree: larger ones would not fit in the memory that a reconciliation may have.
inline constexpr std::size_t kLargestCamt = std::size_t{16} << 20U;

Refused read_camt053(Source& source, Taking& taking);

// Whether `next` goes on where `before` ends: the balance, and the number of the statement where both have one (domain
// F-81). Nothing is compared where one of them tells of no balance.
Refused continues(const Statement& before, const Statement& next);

}  // namespace ordeal::reconciliation
