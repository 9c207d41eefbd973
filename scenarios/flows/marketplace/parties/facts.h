// What people at the marketplace say of themselves, for watchers; and what they remember.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/api/marketplace.h"
#include "scenarios/play/books.h"

namespace ordeal::marketplace {

// A buyer made up his mind; from here on there may be requests of his for this seller.
struct SaleWanted {
  UserId buyer{};
  MerchantId seller{};
  ORDEAL_MESSAGE(SaleWanted, "buyer.SaleWanted", buyer, seller);
};

// A seller asked and was answered.
struct SellerLooked {
  MerchantId seller{};
  std::int64_t asked_ns = 0;  // true time since the trial began
  api::Sales reply{};
  ORDEAL_MESSAGE(SellerLooked, "seller.SellerLooked", seller, asked_ns, reply);
};

// A buyer asked for an order by its number alone, and was answered.
struct SaleSought {
  api::SaleId sale{};
  std::int64_t asked_ns = 0;
  api::Sales reply{};
  ORDEAL_MESSAGE(SaleSought, "buyer.SaleSought", sale, asked_ns, reply);
};

// One request for an order, with the last answer that its buyer got.
struct Wish {
  api::PlaceSale request{};
  bool hostile = false;  // a field was made wrong on purpose
  api::SaleReply reply{};
  bool second = false;  // of a double click
};

class Book final : public play::Books {
 public:
  std::vector<Wish> wishes;             // of buyers, in the order of being answered
  std::vector<MerchantId> saw_all;      // sellers whose last look was whole
  std::vector<MerchantId> did_not_see;  // and those of whom it was not
  void add_to(Digest& digest) const override;
};

}  // namespace ordeal::marketplace
