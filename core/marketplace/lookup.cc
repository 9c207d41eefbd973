#include "core/marketplace/lookup.h"

#include "core/api/ack.h"

namespace ordeal::marketplace {
namespace {

using api::Relation;
using api::Sales;

constexpr Duration kDeadline = {2'000'000'000};

class Scatter final : public Lookup {
 public:
  bool expect(const Desk&, const Relation&) override { return true; }
  Sales look(const Desk& desk, MerchantId seller) override { return desk.shards.ask_all({seller, {}}); }
};

class SearchCopy final : public Lookup {
 public:
  bool expect(const Desk&, const Relation&) override { return true; }
  Sales look(const Desk& desk, MerchantId seller) override {
    const auto found =
        desk.env.rpc.call<Sales>("seller-index", "search", api::LookForSales{seller}, kDeadline);
    return found ? *found : Sales{};
  }
};

class Mapping : public Lookup {
 public:
  bool expect(const Desk& desk, const Relation& relation) override {
    const auto ack = desk.env.rpc.call<api::Ack>("seller-index", "relate", relation, kDeadline);
    return ack && ack->done;
  }
  Sales look(const Desk& desk, MerchantId seller) override {
    const auto known = desk.env.rpc.call<api::Relations>("seller-index", "relations_of",
                                                         api::RelationsOf{seller}, kDeadline);
    if (!known) return {};
    return look(desk, seller, known->sales);
  }

 protected:
  virtual Sales look(const Desk& desk, MerchantId, const std::vector<api::RelatedSale>& sales) {
    return desk.shards.ask_some(sales);
  }
};

class Gene final : public Mapping {
 protected:
  Sales look(const Desk& desk, MerchantId seller, const std::vector<api::RelatedSale>& sales) override {
    std::vector<api::RelatedSale> by_gene;
    for (const api::RelatedSale& related : sales) {
      const auto gene = desk.ids.gene_of(related.sale.value);
      if (!gene) {
        Sales all = desk.shards.ask_all({seller, {}});
        all.broadcast = true;
        return all;
      }
      by_gene.push_back({related.sale, *gene});
    }
    return desk.shards.ask_some(by_gene);
  }
};

}  // namespace

std::unique_ptr<Lookup> make_lookup(std::string_view name) {
  if (name == "scatter") return std::make_unique<Scatter>();
  if (name == "mapping") return std::make_unique<Mapping>();
  if (name == "gene") return std::make_unique<Gene>();
  if (name == "search_copy") return std::make_unique<SearchCopy>();
  return nullptr;
}

}  // namespace ordeal::marketplace
