// How carts are told: sentences of their breaches, places and forks, and all of it in Chinese.
#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {

std::vector<play::BreachRow> cart_breaches() {
  return {
      {"a line of a cart is bought twice",
       "{owner} buys {line} twice with one line of the cart: by {first}, and by {order}"},
      {"a line left a cart that it was not in", "{line} left the cart of {owner} and had not been in it"},
      {"a line left its cart twice", "{line} left the cart of {owner} twice"},
      {"a line left a cart with an order that does not have it",
       "{line} left the cart of {owner} with {order}, which does not have it"},
      {"a line lies in a cart that nobody put in",
       "{line} lies in the cart of {owner}, and nobody put it in"},
      {"an order has another line of a cart than it was told of",
       "{order} has {line} of the cart of {owner}, and said another"},
      {"a line is not in its cart any more, and nobody took it out",
       "{line} is not in the cart of {owner} any more, and nobody took it out"},
      {"a line is still in a cart that it left", "{line} had left the cart of {owner}, and is still in it"},
      {"a line that was bought is still in its cart", "{buyer} bought {line}, and still has it in the cart"},
      {"a line was put in that nobody asked for",
       "{is} lies in the cart of {owner}, and nobody asked for it"},
      {"one request put two lines into a cart", "one request of {owner} put two lines into the cart"},
      {"a line was put in otherwise than its owner asked", "{owner} asked for something else than {is}"},
      {"a line was taken out that its owner did not take out",
       "{owner} did not take out {is}, and it is gone"},
      {"a guest's goods are not those that the person has of them",
       "{owner} logged in, and has other goods than the guest had"},
      {"an owner was told that a line is in, and it never was",
       "{owner} was told that it is in the cart, and it never was"},
      {"an owner was shown a cart that never was", "{owner} was shown {told}, and the cart had {is}"},
      {"an owner saw an older cart than before, on a calm day",
       "{owner} was shown {told}, and before that {is}"},
      {"a cart has had a later version than it has",
       "the cart of {owner} went back from version {told} to {is}"},
      {"a cart is somebody's who did not log in", "the cart of {owner} is {is}'s, who did not log in"},
      {"a request of a cart is noted that nobody made", "a request of {owner} is noted that nobody made"},
      {"what a request put in is there, and the request is not noted",
       "a request of {owner} was done, and would be done again"},
      {"a buyer was told that lines are ordered, and they never were",
       "{owner} was told that {told} are ordered, and they never were"},
  };
}

std::vector<play::WordRow> cart_words() {
  return {
      {"cart.look", "looking into a cart"},
      {"cart.change", "changing a cart"},
      {"cart.merge", "making one cart of two"},
      {"cart.clear", "clearing what was bought out of a cart"},
      {"cart.on_cart_ordered", "telling the cart what was bought"},
      {"gateway.cart", "looking into a cart"},
      {"gateway.change_cart", "changing a cart"},
      {"gateway.merge_carts", "logging in"},
      {"filling: as_guest", "fill a cart before they log in"},
      {"filling: taps_twice", "put in twice what they want"},
      {"filling: changes_quantity", "say how many there are to be"},
      {"filling: takes_one_out", "take something out again"},
      {"cart: second_device", "put more in on a second device while they order"},
      {"cart: back_button", "go back and order the same page again"},
      {"cart: leaves_it", "leave the cart alone"},
      {"cart: waits", "come back to the cart after hours"},
  };
}

std::vector<play::WordRow> carts_in_chinese() {
  return {
      {"* buys * twice with one line of the cart: by *, and by *",
       "{1} 用购物车的同一行买了两次 {2}：{3}，还有 {4}"},
      {"* left the cart of * with *, which does not have it",
       "{1} 随 {3} 从 {2} 的购物车消失，可订单里没有它"},
      {"* is not in the cart of * any more, and nobody took it out", "{1} 不在 {2} 的购物车里了，却没人取走"},
      {"* bought *, and still has it in the cart", "{1} 买了 {2}，购物车里却还留着"},
      {"* puts * in the cart", "{1} 把 {2} 放进购物车"},
      {"telling the cart what was bought", "告知购物车买了什么"},
      {"changing a cart", "修改购物车"},
      {"looking into a cart", "查看购物车"},
      {"clearing what was bought out of a cart", "把买走的清出购物车"},
      {"* wants * in the cart", "{1} 把购物车里改成 {2}"},
      {"* goes back and orders the same page once more", "{1} 返回上一页，又下了一次单"},
      {"* puts * in the cart on another device", "{1} 在另一台设备上把 {2} 放进购物车"},
      {"* clears * out of the cart for *", "{1} 因 {3} 从购物车清掉 {2}"},
      {"* in the cart of *", "{2} 的购物车里有 {1}"},
      {"* put more in on a second device while they order", "{1} 下单时在另一台设备上又加购"},
      {"* go back and order the same page again", "{1}返回上一页再次下单"},
      {"* fill a cart before they log in", "{1}登录之前就往购物车里加"},
      {"cart emptied by an order", "下单清空整个购物车"},
      {"Empties the cart when it hears that an order of it stands: what was put in since is gone, and nobody "
       "bought it.",
       "得知订单成立就清空购物车：之后加进去的也没了，谁也没买。"},
      {"a part of a basket deducted", "购物车只扣了一部分"},
      {"Takes a basket line by line and says no at the first good that is short: what it took before stays "
       "taken.",
       "逐行扣库存，遇到缺货就拒绝：前面扣掉的不还回去。"},
      {"A line leaves its cart once: with the one order that stands and has it, or by its owner; what came "
       "later stays.",
       "购物车的一行只离开一次：随含有它的有效订单，或由主人取走；后加的留下。"},
      {"What lies in a cart is what its owner put in, each request once, and what he is shown of it is so.",
       "购物车里就是主人放的东西，每个请求只算一次，看到的也属实。"},
      {"What was bought does leave its cart.", "买下的东西终会离开购物车。"},
  };
}

}  // namespace ordeal::purchase
