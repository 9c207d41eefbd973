// Every column of every table is judged by a law, or the list says why not.
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "scenarios/flows/flows.h"
#include "scenarios/flows/purchase/promotions.h"
#include "scenarios/flows/purchase/seams.h"
#include "scenarios/play/designer.h"
#include "sim/disk/vfs.h"
#include "tests/support/plain_database.h"

namespace ordeal::test {
namespace {

constexpr env::Sql kColumns{
    "select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c "
    "where m.type = 'table' order by 1"};

// Says all for which a service has further tables.
const play::Scenario& with_promotions() {
  static const play::Scenario scenario = [] {
    play::Scenario made;
    made.settings = {
        {nullptr, "promotions", &typeid(purchase::PromotionsSpec),
         std::make_shared<const purchase::PromotionsSpec>(purchase::PromotionsSpec{{{.name = "any"}}})}};
    made.hosts.push_back({"cart-1", {"cart"}, {}});
    return made;
  }();
  return scenario;
}

std::set<std::string> columns_of(const play::ServiceRow& service, const play::Designer& designer) {
  std::string schema(service.schema(designer));
  if (service.further_tables != nullptr) schema += service.further_tables(with_promotions());
  support::PlainDatabase database(schema.c_str());
  std::set<std::string> columns;
  database.read("columns", [&](env::Connection& connection) {
    for (auto rows = connection.query(kColumns); rows.next();)
      columns.insert(std::string(service.name) + "." + rows.get<std::string>(0));
  });
  return columns;
}

TEST(Columns, AreListedOneByOneAndNoOthers) {
  sim::prepare_sqlite();
  const play::Flows flows = all_flows();
  // With statements payment has the most tables, with versions stock the most columns.
  const play::Designer designer(
      flows,
      {{std::string(purchase::statements().name), "daily"}, {std::string(purchase::gate().name), "version"}},
      {}, {});
  std::set<std::string> there;
  std::set<std::string> listed;
  for (const play::ServiceRow* service : flows.services()) {
    if (service->schema != nullptr) there.merge(columns_of(*service, designer));
  }
  for (const play::Flow* flow : flows.all()) {
    for (const play::ColumnRow& row : flow->columns) {
      const bool fresh = listed.insert(std::string(row.service) + "." + std::string(row.column)).second;
      EXPECT_TRUE(fresh) << row.column << " is listed twice";
    }
  }
  EXPECT_EQ(there, listed);
}

TEST(Columns, AreJudgedByLawsThatAreThereOrNotForAReason) {
  const play::Flows flows = all_flows();
  std::set<std::string> ids;
  for (const play::LawRow* law : flows.laws())
    ids.insert(std::string(law->name.substr(0, law->name.find(' '))));
  for (const play::Flow* flow : flows.all()) {
    for (const play::ColumnRow& row : flow->columns) {
      EXPECT_NE(row.judged_by.empty(), row.why_not.empty()) << row.column;
      std::string_view left = row.judged_by;
      while (!left.empty()) {
        const std::size_t end = std::min(left.find(", "), left.size());
        EXPECT_TRUE(ids.contains(std::string(left.substr(0, end)))) << row.column << ": " << row.judged_by;
        left.remove_prefix(std::min(end + 2, left.size()));
      }
    }
  }
}

}  // namespace
}  // namespace ordeal::test
