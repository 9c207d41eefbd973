#include "core/marketplace/index.h"

namespace ordeal::marketplace {
namespace {

constexpr env::Sql kRelate{
    "insert into relation(seller, sale, bucket) values(?, ?, ?) on conflict do nothing"};
constexpr env::Sql kRelations{"select sale, bucket from relation where seller = ? order by sale"};
constexpr env::Sql kCopies{
    "select id, buyer, seller, amount, state, version from copy where seller = ? order by id"};
constexpr env::Sql kPut{
    "insert into copy(id, buyer, seller, amount, state, version) values(?, ?, ?, ?, ?, ?) on conflict(id) do "
    "update set state = excluded.state, version = excluded.version"};
constexpr env::Sql kIfNewer{
    "insert into copy(id, buyer, seller, amount, state, version) values(?, ?, ?, ?, ?, ?) on conflict(id) do "
    "update set state = excluded.state, version = excluded.version where excluded.version > copy.version"};

std::int64_t run(env::Tx& tx, const env::Sql& sql, const api::Sale& sale) {
  return tx.exec(sql, sale.id, sale.buyer, sale.seller, sale.amount, sale.state, sale.version);
}

void tell(env::Tx& tx, const api::Sale& sale) {
  tx.fact(env::Message::of(api::facts::CopyWritten{sale.id, sale.version, sale.state}));
}

class IfNewer final : public CopyWriter {
 public:
  void write(env::Tx& tx, const api::Sale& sale) override {
    if (run(tx, kIfNewer, sale) == 1) tell(tx, sale);
  }
};

}  // namespace

void put_copy(env::Tx& tx, const api::Sale& sale) {
  run(tx, kPut, sale);
  tell(tx, sale);
}

std::unique_ptr<CopyWriter> make_copy_writer(std::string_view name) {
  return name == "if_newer" ? std::make_unique<IfNewer>() : nullptr;
}

void Index::start() {
  env_.rpc.on<api::Relation>("relate", [this](const api::Relation& relation) { return relate(relation); });
  env_.rpc.on<api::RelationsOf>("relations_of",
                                [this](const api::RelationsOf& request) { return relations_of(request); });
  env_.rpc.on<api::Changes>("on_changes",
                            [this](const api::Changes& changes) { return on_changes(changes); });
  env_.rpc.on<api::LookForSales>("search",
                                 [this](const api::LookForSales& request) { return search(request); });
}

api::Ack Index::relate(const api::Relation& relation) {
  env::in_transaction(db_, "index.relate", [&](env::Tx& tx) {
    tx.exec(kRelate, relation.seller, relation.sale, relation.bucket);
  });
  return {true};
}

api::Relations Index::relations_of(const api::RelationsOf& request) {
  return env::in_read(db_, "index.relations", [&](env::Connection& from) {
    api::Relations reply;
    for (auto rows = from.query(kRelations, request.seller); rows.next();)
      reply.sales.push_back({rows.get<api::SaleId>(0), rows.get<std::int64_t>(1)});
    return reply;
  });
}

api::Ack Index::on_changes(const api::Changes& changes) {
  env::in_transaction(db_, "index.changes", [&](env::Tx& tx) {
    for (const api::Sale& sale : changes.rows) writer_.write(tx, sale);
  });
  return {true};
}

api::Sales Index::search(const api::LookForSales& request) {
  return env::in_read(db_, "index.search", [&](env::Connection& from) {
    api::Sales reply;
    reply.complete = true;
    for (auto rows = from.query(kCopies, request.seller); rows.next();) {
      reply.sales.push_back({rows.get<api::SaleId>(0), rows.get<UserId>(1), rows.get<MerchantId>(2),
                             rows.get<std::int64_t>(3), rows.get<api::SaleState>(4),
                             rows.get<std::int64_t>(5)});
    }
    return reply;
  });
}

}  // namespace ordeal::marketplace
