#include "scenarios/flows/marketplace/parties/people.h"

#include <optional>
#include <string>
#include <utility>

#include "core/marketplace/market.h"
#include "core/wire/codec.h"
#include "scenarios/flows/marketplace/parties/facts.h"
#include "scenarios/flows/marketplace/parts.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal {

ORDEAL_CODECS(marketplace::SaleWanted, marketplace::SellerLooked, marketplace::SaleSought);

namespace marketplace {
namespace {

using namespace ordeal::literals;
using api::SaleReply;
using api::SaleState;
using api::SaleStatus;
using play::Actor;
using play::Crowd;
using play::Part;
using play::World;
using sim::lane;

constexpr Duration kPatience = 8_s;  // with one request
constexpr std::array<Duration, 7> kAgain{1_s, 3_s, 10_s, 60_s, 5_min, 15_min, 60_min};
// All who come at the gong come within this.
constexpr Duration kGong = 20_ms;
// After the storm, when the last requests of buyers are over.
constexpr Duration kQuiet = 3_h;

// Parts of what they do that a trial may do without, in the order of the workloads' rows.
enum class BuyerOmits : std::uint32_t { second_click, asking_again, moving_on, seeking, coming_back };
enum class SellerOmits : std::uint32_t { regular_looks, shipping, last_look };

// What buyers and sellers have in common: a name, a host, and patience.
class Person {
 public:
  Person(sim::Process& process, const Crowd& crowd, Actor actor, Book& book)
      : process_(process), sim_(process.simulation()), crowd_(crowd), actor_(actor), book_(book) {}

 protected:
  template <class Part>
  bool without(Part part) const {
    return crowd_.does_without(actor_, static_cast<std::uint32_t>(part));
  }
  std::string name() const { return crowd_.name_of(actor_); }
  void say(const std::string& what, const std::string& again = {}) {
    sim_.tell(process_.host().id(),
              [&] { return sim::Told{.about = {name()}, .text = name() + what, .again = again}; });
  }
  template <class Fact>
  void emit(const Fact& fact) {
    sim_.emit(env::Message::of(fact), process_.host().id(), sim_.cause());
  }
  // Until `good`, or until it is not worth asking any more.
  template <class Reply, class Request, class Good>
  std::optional<Reply> ask(std::string_view method, const Request& request, bool patient, Good good) {
    std::optional<Reply> last;
    for (std::size_t i = 0;; ++i) {
      if (auto reply = process_.env().rpc.call<Reply>("market", method, request, kPatience)) {
        last = std::move(*reply);
        if (good(*last)) return last;
      }
      if (!patient || i == kAgain.size()) return last;
      say(" gets no good answer and asks again", "asks again");
      process_.env().tasks.sleep(kAgain[i]);
    }
  }
  static bool is_final(const SaleReply& reply) {
    return reply.status != SaleStatus::unknown && reply.status != SaleStatus::unavailable &&
           reply.status != SaleStatus::busy;
  }

  sim::Process& process_;
  sim::Simulation& sim_;
  const Crowd& crowd_;
  const Actor actor_;
  Book& book_;
};

// Orders one thing from one seller, pays or cancels, looks it up by its number, and perhaps orders once more.
class Buyer : public Person {
 public:
  Buyer(sim::Process& process, const Crowd& crowd, Actor actor, Book& book)
      : Person(process, crowd, actor, book), work_(crowd.part().as<BuyingSpec>()), id_{crowd.id_of(actor)} {}

  std::string root() const { return crowd_.name_of(actor_) + "/visit"; }

  void visit() {
    const sim::Key habit = sim_.choices().next(sim::site_of(sim_.cause(), "habits"));
    arrive(habit);
    buy(habit, "first");
    if (!sim_.choices().chance(habit, lane("comes back"), work_.comes_back)) return;
    if (without(BuyerOmits::coming_back)) return;
    think(habit, "before coming back");
    buy(sim_.choices().next(sim::site_of(sim_.cause(), "second order")), "second");
  }

 private:
  void arrive(sim::Key habit) {
    const sim::Choices& choices = sim_.choices();
    Duration at = choices.between(habit, lane("arrive"), work_.from, work_.until);
    if (sim_.fork(process_.host(), kGongFork, kGongWays) == 1) {
      const sim::Key gong{sim::site_of_path("the gong"), 0};
      at = choices.between(gong, lane("when"), work_.from, work_.until) +
           choices.between(habit, lane("at the gong"), {}, kGong);
    }
    process_.env().tasks.sleep(at);
  }

  void think(sim::Key habit, std::string_view what) {
    process_.env().tasks.sleep(sim_.choices().between(habit, lane(what), work_.think_min, work_.think_max));
  }

  void buy(sim::Key habit, const std::string& which) {
    const sim::Choices& choices = sim_.choices();
    const auto sellers = static_cast<std::uint64_t>(sellers_of(crowd_.scenario()));
    Wish wish;
    wish.request.buyer = id_;
    wish.request.key = name() + "/" + which;
    wish.request.seller = {static_cast<std::int64_t>(1 + choices.below(habit, lane("seller"), sellers))};
    wish.request.amount = static_cast<std::int64_t>(100 + choices.below(habit, lane("amount"), 9'900));
    wish.hostile = fill_in_wrongly(wish.request);
    if (!wish.hostile) emit(SaleWanted{id_, wish.request.seller});
    sim_.tell(process_.host().id(), [&] {
      return sim::Told{.about = {name()},
                       .text = name() + " orders from seller " + std::to_string(wish.request.seller.value)};
    });
    if (choices.chance(habit, lane("double click"), work_.double_click) &&
        !without(BuyerOmits::second_click)) {
      say(" clicks twice");
      process_.env().tasks.spawn("second click", [this, wish]() mutable {
        wish.second = true;
        place(wish);
      });
    }
    const auto sale = place(wish);
    if (!sale || wish.hostile) return;
    if (!without(BuyerOmits::moving_on)) {
      think(habit, "before paying");
      const bool gives_up = choices.chance(habit, lane("gives up"), work_.gives_up);
      move_on(*sale, gives_up ? SaleState::cancelled : SaleState::paid);
    }
    if (!without(BuyerOmits::seeking)) seek(sale->id);
  }

  std::optional<api::Sale> place(Wish& wish) {
    const bool patient = !without(BuyerOmits::asking_again);
    const auto reply = ask<SaleReply>("place", wish.request, patient, is_final);
    if (!reply) return std::nullopt;
    wish.reply = *reply;
    book_.wishes.push_back(wish);
    if (reply->status != SaleStatus::done) return std::nullopt;
    return reply->sale;
  }

  // A page of ours would not let it through; whoever writes requests himself does.
  bool fill_in_wrongly(api::PlaceSale& request) {
    switch (sim_.fork(process_.host(), kFormFork, kFormWays)) {
      case 1:
        return request.key.clear(), true;
      case 2:
        return request.key.assign(kLongestKey + 1, 'k'), true;
      case 3:
        return request.seller = {}, true;
      case 4:
        return request.amount = -request.amount, true;
      case 5:
        return request.buyer = {}, true;
      default:
        return false;
    }
  }

  void move_on(const api::Sale& sale, SaleState to) {
    say(to == SaleState::paid ? " pays" : " cancels");
    ask<SaleReply>("move", api::MoveSale{sale.id, id_, {}, to}, !without(BuyerOmits::asking_again), is_final);
  }

  void seek(api::SaleId sale) {
    const std::int64_t asked_ns = sim_.now_ns();
    const auto found =
        ask<api::Sales>("find", api::FindSale{sale}, false, [](const api::Sales&) { return true; });
    if (found) emit(SaleSought{sale, asked_ns, *found});
  }

  const BuyingSpec& work_;
  const UserId id_;
};

// Looks at his orders again and again, ships what is paid, and looks once more when all is quiet.
class Seller : public Person {
 public:
  Seller(sim::Process& process, const Crowd& crowd, Actor actor, Book& book)
      : Person(process, crowd, actor, book),
        work_(crowd.part().as<DeskSpec>()),
        id_{static_cast<std::int64_t>(actor.number) + 1} {}

  std::string root() const { return crowd_.name_of(actor_) + "/desk"; }

  void work() {
    const sim::Key habit = sim_.choices().next(sim::site_of(sim_.cause(), "habits"));
    Duration at = sim_.choices().between(habit, lane("first look"), {}, work_.every);
    Duration now{};
    for (; at < work_.until && !without(SellerOmits::regular_looks); at = at + work_.every) {
      process_.env().tasks.sleep(at - now);
      now = at;
      const auto seen = look(false);
      if (seen && !without(SellerOmits::shipping)) ship(*seen);
    }
    if (without(SellerOmits::last_look)) return;
    process_.env().tasks.sleep(crowd_.scenario().storm + kQuiet - now);
    const auto seen = look(true);
    (seen && seen->complete ? book_.saw_all : book_.did_not_see).push_back(id_);
  }

 private:
  std::optional<api::Sales> look(bool patient) {
    std::int64_t asked_ns = 0;
    std::optional<api::Sales> seen;
    for (std::size_t i = 0; i <= kAgain.size(); ++i) {
      asked_ns = sim_.now_ns();
      seen = ask<api::Sales>("look", api::LookForSales{id_}, false, [](const api::Sales&) { return true; });
      if (seen) emit(SellerLooked{id_, asked_ns, *seen});
      if (!patient || i == kAgain.size() || (seen && seen->complete)) break;
      process_.env().tasks.sleep(kAgain[i]);
    }
    return seen;
  }

  void ship(const api::Sales& seen) {
    for (const api::Sale& sale : seen.sales) {
      if (sale.state != SaleState::paid) continue;
      ask<SaleReply>("move", api::MoveSale{sale.id, sale.buyer, id_, SaleState::shipped}, false, is_final);
    }
  }

  const DeskSpec& work_;
  const MerchantId id_;
};

template <class Who, void (Who::*Work)()>
void start(sim::Process& process, World& world, const Crowd& crowd) {
  env::Tasks& tasks = process.env().tasks;
  for (const Actor& actor : crowd.actors()) {
    auto& who = process.make<Who>(process, crowd, actor, world.books<Book>());
    const env::TraceScope scope(tasks, tasks.root(who.root()));
    tasks.spawn("work", [&who] { (who.*Work)(); });
  }
}

}  // namespace

void Book::add_to(Digest& digest) const {
  for (const Wish& wish : wishes) {
    digest.add(static_cast<std::uint64_t>(wish.reply.status));
    digest.add(static_cast<std::uint64_t>(wish.reply.sale.id.value));
  }
  for (const MerchantId seller : saw_all) digest.add(static_cast<std::uint64_t>(seller.value));
  for (const MerchantId seller : did_not_see) digest.add(static_cast<std::uint64_t>(seller.value));
}

std::vector<play::WorkloadRow> workload_rows() {
  return {
      {{"buying", "buyers at a marketplace: each orders from a seller, pays or cancels, asks for the order",
        &buying_shape(), check_buying},
       {{kGongFork, kGongWays}, {kFormFork, kFormWays}},
       {{"second_click", "orders once"},
        {"asking_again", "takes no answer for an answer"},
        {"moving_on", "neither pays nor cancels"},
        {"seeking", "does not ask for the order by its number"},
        {"coming_back", "orders nothing else later"}},
       {"market"},
       [](const Part& part) { return part.as<BuyingSpec>().buyers; },
       [](const Part& part) { return part.as<BuyingSpec>().until; },
       nullptr,
       start<Buyer, &Buyer::visit>},
      {{"desk", "sellers who look at their orders, ship what is paid, and look once more when all is quiet",
        &desk_shape(), check_desk},
       {},
       {{"regular_looks", "looks only when all is quiet"},
        {"shipping", "ships nothing"},
        {"last_look", "does not look when all is quiet"}},
       {"market"},
       [](const Part& part) { return part.as<DeskSpec>().sellers; },
       [](const Part& part) { return part.as<DeskSpec>().until; },
       nullptr,
       start<Seller, &Seller::work>}};
}

}  // namespace marketplace
}  // namespace ordeal
