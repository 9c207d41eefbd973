// A shopper: arrives, fills a basket, places one order under one request key, pays or does not, asks again
// when no answer comes. Everything it decides is drawn by key from its own name, so shopper 12 does the same
// whoever else is there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/api/gateway.h"
#include "scenarios/flows/purchase/parties/books.h"
#include "scenarios/flows/purchase/parts.h"
#include "scenarios/play/actor.h"
#include "scenarios/play/world.h"
#include "sim/process.h"
#include "sim/simulation.h"

namespace ordeal::purchase {

// When a shopper comes. The rush: everybody who takes this way comes within the same few seconds.
inline constexpr std::string_view kArrivalFork = "arrival";
inline constexpr std::array<std::string_view, 2> kArrivalWays{"own_time", "rush"};

// A request that was not answered, or not finally. Impatient: again and again, at once, without backing off.
inline constexpr std::string_view kPatienceFork = "patience";
inline constexpr std::array<std::string_view, 2> kPatienceWays{"backs_off", "impatient"};

// What is asked for. Old price: first at a price that is not that of the list any more, then at the right one. Key again:
// once more under the same key, but for another basket (F-89). Nonsense: first for what no order can be made of, around the
// checks of the app (B7): none of it, less than none, goods that nobody sells, goods of two merchants, nothing, more than a
// document can be of, in one line or in their sum. Line again: the first line once more, behind the others, as a cart that
// two devices fill. Common key: a request key that others use, too. Changes mind: orders, leaves that order alone, and orders
// once more under a new key.
inline constexpr std::string_view kOrderingFork = "ordering";
inline constexpr std::array<std::string_view, 7> kOrderingWays{
    "as_shown", "old_price", "key_again", "nonsense", "common_key", "changes_mind", "line_again"};

// How an order is paid. Another way: asks for one way to pay, then for another before paying (F-15). Two devices: asks on
// both at once for the same way. Pays again: having paid he asks once more. Nowhere: first through a channel that is not there.
// Last moment: within seconds, mostly milliseconds, of the end of the order's time; half of them have the code by then (F-13).
// Own time: some time before the end or after it, and may be long between the code and the cashier.
inline constexpr std::string_view kPayingFork = "paying";
inline constexpr std::array<std::string_view, 7> kPayingWays{
    "one_way", "another_way", "two_devices", "pays_again", "nowhere", "last_moment", "own_time"};

// Who gives an order up, and when: before anything is paid; with the code in hand, and half of them pay all the same; in the
// same moment in which it is paid (F-17); when it is paid. Half of them do it on two devices at once.
inline constexpr std::string_view kCancellingFork = "cancelling";
inline constexpr std::array<std::string_view, 5> kCancellingWays{"keeps_it", "before_paying", "with_the_code",
                                                                 "while_paying", "after_paying"};

// What a shopper does with the coupons and points that he holds, where there are promotions. Uses all: of each kind as many
// as help. Saves them: none. Other order, too: on another device he orders the same again with the same coupons and points, at
// the same time (F-33). Someone else's: shows a coupon that is another shopper's. More points: wants to use more than he has.
// Old quote: looks at the price, and orders when it may be another one (A40, C9).
inline constexpr std::string_view kDiscountsFork = "discounts";
inline constexpr std::array<std::string_view, 6> kDiscountsWays{
    "uses_all", "saves_them", "other_order_too", "someone_elses", "more_points", "old_quote"};

// How a cart is filled, where there are carts. As guest: before he logs in, which makes one cart of two. Taps twice: what he wants first
// is put in twice. Changes quantity: says how many of it there are to be. Takes one out: the last of it, and what is left is ordered.
// On two devices: at the same moment.
inline constexpr std::string_view kFillingFork = "filling";
inline constexpr std::array<std::string_view, 6> kFillingWays{
    "as_himself", "as_guest", "taps_twice", "changes_quantity", "takes_one_out", "on_two_devices"};

// What becomes of a full cart. Second device: while it is being ordered and paid the same goods are put in once more elsewhere, to be
// bought another time (F-36). Back button: orders once more what the page before still shows. Leaves it: orders nothing. Waits: orders
// hours later, what the page shows then. Someone else's: having ordered he asks for an order that is another's, and for his cart (B8).
inline constexpr std::string_view kCartFork = "cart";
inline constexpr std::array<std::string_view, 6> kCartWays{"orders_it", "second_device", "back_button",
                                                           "leaves_it", "waits",         "someone_elses"};

// How long a shopper waits for the answer to one request.
inline constexpr Duration kPatience{10'000'000'000};

// Parts of a visit that a trial may do without, in the order of the workload's rows.
enum class VisitPart : std::uint32_t {
  second_click,              // the request is sent once
  further_lines,             // the basket has its first line only
  further_units,             // one unit of each sku
  lateness,                  // who would pay late pays at once
  payment,                   // leaves without paying
  asking_again,              // takes no answer for an answer
  own_time,                  // comes in turn: a tenth of a second for each number
  thinking,                  // pays at once
  looking,                   // does not come back to look
  discounts,                 // uses no coupons and no points; of who looks for bargains alone
  other_device = discounts,  // puts nothing in a second time; of who fills a cart alone
};

// Plain: adds up the prices of the list (A36). Bargains: asks what it costs, with coupons and points, and takes that. Carts: fills a cart,
// and adds up what it shows. Hoards: fills a cart and never comes back to it.
enum class Shopping : std::uint8_t { plain, bargains, carts, hoards };

class ShopperParty {
 public:
  // The crowd outlives the party.
  ShopperParty(sim::Process& process, play::World& world, const play::Crowd& crowd, play::Actor actor,
               Shopping shopping);

  // The shopper's whole visit, on a fiber whose cause is "shopper-N/checkout-1".
  void visit();
  const std::string& name() const { return name_; }
  // The cause of everything this shopper does.
  std::string root() const { return name() + "/checkout-1"; }

 private:
  sim::Key key(std::string_view what);
  void arrive(sim::Key habit);
  // The channel that this shopper pays with.
  std::string pick_channel();
  // How long to wait before the nth repetition; nothing when it is time to give up.
  std::optional<Duration> again_after(std::size_t nth) const;
  bool does(VisitPart part) const;
  api::PlaceOrder fill_basket();
  // Asks for the price until there is one; false: he does without the goods.
  bool ask_for_the_price(api::PlaceOrder& request);
  void choose_discounts(api::PlaceOrder& request, std::size_t way);
  bool quote(api::PlaceOrder& request);
  // Whoever is told of another price looks once more and takes that.
  api::PlaceReply place_at_the_price_of_now(api::PlaceOrder request);
  void order_on_another_device(api::PlaceOrder request);
  // Puts the basket into a cart, and asks for what that shows then; false: nothing is ordered.
  bool fill_cart(api::PlaceOrder& request, std::size_t way);
  void hoard(const api::PlaceOrder& basket);
  void put_in(const std::vector<api::Line>& lines, UserId owner, std::size_t filling);
  void put_in_at_once(const std::vector<api::Line>& lines, UserId owner);
  // What is ordered of what the cart shows.
  void take_from(const api::CartReply& cart, api::PlaceOrder& request) const;
  api::CartReply change_cart(UserId owner, std::string_view what, api::CartAct act, SkuId sku,
                             std::int64_t qty);
  api::CartReply log_in(UserId guest, UserId user);
  api::CartReply look_at_cart(UserId owner);
  // Whether what he bought is still in it, seconds after he ordered.
  void look_at_cart_again(UserId owner);
  // Asks, once each, for an order whose number he has seen, and for the cart of its buyer.
  void pry(UserId user);
  // The order of somebody else that he has seen; none: nobody else has ordered yet.
  std::optional<std::pair<UserId, OrderId>> seen_over_a_shoulder(UserId user);
  // Asks until there is an answer that ends it, and writes each call into the diary.
  template <class Request>
  api::CartReply ask_cart(std::string_view method, const Request& request, const model::CartAsked& asked);
  // As whoever that device thinks he is.
  void add_on_another_device(const api::Line& line, UserId owner);
  void go_back_and_order_again(api::PlaceOrder request);
  void say_of_cart(std::string_view what, SkuId sku, std::int64_t qty, bool elsewhere);
  // Asks until there is an answer that ends it. Each call is written into the diary.
  api::PlaceReply place(const api::PlaceOrder& request) { return place(request, diary()); }
  api::PlaceReply place(const api::PlaceOrder& request, model::Visit& diary);
  api::PlaceReply order(api::PlaceOrder request, bool clicks_twice);
  void use_the_key_again(api::PlaceOrder request);
  void change_mind(api::PlaceOrder request);
  void add_the_first_line_again(api::PlaceOrder& request);
  void ask_for_nonsense(api::PlaceOrder request);
  void ask_for_a_little_too_much(api::PlaceOrder& request) const;
  void add_of_another_merchant(api::PlaceOrder& request) const;
  Money price_of(SkuId sku) const;
  model::Wish wish_of(sim::Key habit) const;
  // What becomes of an order that was placed: it is left, paid or given up.
  void come_to_an_end(OrderId order, Money total, sim::Key habit);
  // `dawdle`: how long between getting the code and paying it. `cancelling`: a way of that fork.
  void pay(OrderId order, std::size_t way, std::size_t cancelling, std::optional<Duration> dawdle);
  // Who was told to wait until he did not care to ask any more.
  void give_up_waiting(OrderId order);
  // Gives the order up, once or on two devices.
  void cancel(OrderId order);
  void ask_to_cancel(OrderId order);
  void cancel_meanwhile(OrderId order);
  void ask_to_pay_after_all(OrderId order);
  // Goes to the cashier at the last moment, or asks for the code only then.
  void pay_at_the_last_moment(OrderId order, std::int64_t ordered_ns);
  Duration until_the_last_moment(std::int64_t ordered_ns);
  void pay_in_his_own_time(OrderId order);
  // The reply that ends the asking; none when it was given up.
  std::optional<api::PayReply> ask_to_pay(const api::PayOrder& request);
  api::PayOrder another_way(api::PayOrder request) const;
  void pay_at_cashier(const std::string& channel, const std::string& pay_code);
  void look(OrderId order);
  void told(const api::PlaceOrder& request, const api::PlaceReply& reply);
  model::Visit& diary() { return books_.diary.visits[page_]; }
  // For stories.
  void say_what_is_ordered(const api::PlaceOrder& request);
  void say_is_told(std::string_view what);
  void say_asks_again(bool answered);
  void say_cashier_answered(const std::string& channel, const std::string& answer);

  sim::Process& process_;
  play::World& world_;
  sim::Simulation& sim_;
  const play::Crowd& crowd_;
  const play::Actor actor_;
  const ShoppingSpec& work_;
  const std::vector<SkuSpec>& skus_;
  Books& books_;
  const Shopping shopping_;
  const std::string name_;
  std::string page_;  // of the diary
  bool impatient_ = false;
};

}  // namespace ordeal::purchase
