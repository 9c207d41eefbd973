// What the aftersale service holds at rest, and how laws name it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/aftersale/backs.h"
#include "scenarios/flows/aftersale/parties/books.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::aftersale {

struct RestRows {
  struct Standing {
    Back back{};
    bool looks_due = false;  // it has a time for its next look
  };

  explicit RestRows(const play::Rest& rest);

  // Null when there is none.
  const Back* back(RefundId id) const;
  const Back* request(PaymentId payment, const std::string& key) const;
  // Null where nobody came.
  const Diary* diary() const { return world.books_if_any<Diary>(); }
  const ChannelBook* channels() const { return world.books_if_any<ChannelBook>(); }
  // Of this refund, by whatever route.
  std::vector<const BackLine*> lines_of(RefundId refund) const;

  const play::Rest& world;
  std::map<PaymentId, Payment> payments;
  std::map<MerchantId, Money> merchants;  // what is available
  std::map<RefundId, Standing> backs;
  std::map<std::pair<PaymentId, std::string>, RefundId> requests;
  std::map<std::string, DisputeRow> disputes;
  std::map<std::pair<MerchantId, std::string>, Money> deposits;
};

// {"refund", id}, {"buyer", name}, {"amount", text}, {"state", text}
play::Evidence about(const play::Scenario& scenario, const Back& back);

}  // namespace ordeal::aftersale
