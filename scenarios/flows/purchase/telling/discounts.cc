// How promotions are told: sentences of their breaches, places and forks, and all of it in Chinese.
#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {

std::vector<play::BreachRow> discount_breaches() {
  return {
      {"one coupon is used by two orders", "{coupon} is used twice: by {first}, and by {order}"},
      {"a coupon is used by somebody it was not issued to",
       "{order} uses {coupon}, which is not its buyer's"},
      {"an order used or gave back a coupon that it does not hold",
       "{order} ended and took {coupon} along, which {held by} holds"},
      {"an order ended and its coupon stays held", "{order} has ended, and {coupon} stays held for it"},
      {"a coupon's row is not what became of it", "{coupon} is written down as {row}, and is {should be}"},
      {"there are other coupons than were issued", "there are {there are} coupons, and {issued} were issued"},
      {"more units are sold at a price than there are at it",
       "{taken} units are sold by the rule \"{rule}\", which has {quota}"},
      {"units at a price are counted again for an order that has ended",
       "{order} had ended, and its units by the rule \"{rule}\" are counted again"},
      {"the counters of units at a price are not what orders hold and used",
       "the counters of the rule \"{rule}\" are wrong: left {available}; held {held}; used {used}"},
      {"a buyer's points are not what his orders hold and spent",
       "the points of {buyer} are wrong: free {available}; frozen {frozen}; spent {spent}"},
      {"an order that stands does not have its discounts",
       "{order} was priced with {its price says}, and has {held}"},
      {"an order was refused for discounts that it held",
       "{order} was refused for its discounts, and held them since {held at}"},
      {"the discounts of an order are another buyer's", "{order} holds the discounts of {for}"},
      {"discounts are held, used or free as their order is not",
       "{order} has ended otherwise than its discounts: {held} are {as}"},
      {"discounts are held for an order that does not exist",
       "discounts are held for {order}, which is not there"},
      {"a line of an order has no price", "{line} of {order} has no price"},
      {"an order has no price", "nobody wrote down how the price of {order} came to be"},
      {"the lines of an order do not come to its total",
       "the lines of {order} come to {lines}, and it was made for {total}"},
      {"a line is not its list price less what was taken off",
       "{line} of {order} is to be paid with {is} minor units, and what was taken off leaves {should be}"},
      {"a discount is of a rule that there is not", "{order} has a discount by a rule that there is not"},
      {"a discount is not spread over its lines by their shares",
       "{line} of {order} got {is} minor units of a discount, and its share is {should be}"},
      {"an order uses a coupon that its buyer did not show, or does not hold",
       "{order} uses a coupon that {buyer} did not show, or does not hold"},
      {"an order uses more points than its buyer wanted to, or has",
       "{order} uses more points than {buyer} wanted to, or has"},
      {"an order's total is not what promotions leave of its lines",
       "{order} costs {total}, which promotions do not leave of it"},
      {"a discount that its buyer could have was not given, on a calm day",
       "{buyer} could have paid less for {order}, and nothing was in the way"},
      {"an order was refused though its discounts were there, on a calm day",
       "{order} was refused for discounts that were there"},
      {"a price was told of what nobody can buy", "{buyer} was told {told} for what nobody can buy"},
      {"a price was told with a coupon that its buyer did not show, or does not hold",
       "{buyer} was told {told}, with a coupon that is not his"},
      {"a price was told with more points than its buyer wanted to use, or has",
       "{buyer} was told {told}, with more points than he has"},
      {"a price was told that promotions do not leave of its lines",
       "{buyer} was told {told}, which promotions do not leave of it"},
  };
}

std::vector<play::WordRow> discount_words() {
  return {
      {"order.quote", "asking what it costs"},
      {"gateway.quote_order", "asking what it costs"},
      {"promotion.look", "looking at what is left of the promotions"},
      {"promotion.hold", "taking the discounts"},
      {"promotion.on_order_paid", "telling the promotions of the paid order"},
      {"promotion.on_order_closed", "telling the promotions of the closed order"},
      {"promotion.on_order_rejected", "telling the promotions of the refused order"},
      {"discounts: saves_them", "keep their coupons and points"},
      {"discounts: other_order_too", "order twice with the same discounts"},
      {"discounts: someone_elses", "show somebody else's coupon"},
      {"discounts: more_points", "want to use more points than they have"},
      {"discounts: old_quote", "leave the page with the price open"},
  };
}

std::vector<play::WordRow> discounts_in_chinese() {
  return {
      // Breaches.
      {"* is used twice: by *, and by *", "{1} 用了两次：{2}，还有 {3}"},
      {"* uses *, which is not its buyer's", "{1} 用了 {2}，可券不是这位买家的"},
      {"* ended and took * along, which * holds", "{1} 结束时动了 {2}，而券正被 {3} 占用"},
      {"* has ended, and * stays held for it", "{1} 已结束，{2} 却还被它占着"},
      {"* units are sold by the rule \"*\", which has *", "“{2}”只有 {3} 件，却卖出了 {1} 件"},
      {"the counters of the rule \"*\" are wrong: left *; held *; used *",
       "“{1}”的计数不对：剩 {2}；占用 {3}；已用 {4}"},
      {"* had ended, and its units by the rule \"*\" are counted again",
       "{1} 早已结束，“{2}”的件数又计了一次"},
      {"the points of * are wrong: free *; frozen *; spent *",
       "{1} 的积分不对：可用 {2}；冻结 {3}；已用 {4}"},
      {"* was priced with *, and has *", "{1} 按 {2} 定价，实际占有 {3}"},
      {"the lines of * come to *, and it was made for *", "{1} 各行共 {2}，订单却按 {3} 成交"},
      {"* was refused for its discounts, and held them since *", "{1} 因优惠被拒，其实自 {2} 起已占有"},
      {"* costs *, which promotions do not leave of it", "{1} 价 {2}，按优惠算不出这个数"},
      // Deeds.
      {"* orders * with a coupon with points for *", "{1} 用券和积分下单 {2}，共 {3}"},
      {"* orders * with coupons with points for *", "{1} 用券和积分下单 {2}，共 {3}"},
      {"* orders * with a coupon for *", "{1} 用券下单 {2}，共 {3}"},
      {"* orders * with coupons for *", "{1} 用券下单 {2}，共 {3}"},
      {"* orders * with points for *", "{1} 用积分下单 {2}，共 {3}"},
      {"* orders the same on a second device, with the same discounts",
       "{1} 在另一台设备上用同样的优惠又下了一单"},
      {"* is told: \"it costs * now\"", "{1} 得到答复：“现在是 {2}”"},
      {"* holds * for *", "{1} 为 {3} 占用 {2}"},
      {"* uses * up for *", "{1} 为 {3} 核销 {2}"},

      // Ways of people.
      {"* leave the page with the price open", "{1} 开着价格页离开"},
      {"* order twice with the same discounts", "{1} 用同样的优惠下了两次单"},
      {"* keep their coupons and points", "{1} 留着券和积分不用"},
      {"* show somebody else's coupon", "{1} 出示别人的券"},
      {"* want to use more points than they have", "{1} 想用比自己有的更多的积分"},
      {"* have a line twice in the basket", "{1} 篮子里同一行出现两次"},
      {"* pay in their own time", "{1} 按自己的时间付款"},
      {"* pay when the time is nearly over, or just over", "{1} 在时限快到或刚过时付款"},
      {"* come all at the same moment", "{1} 同一时刻一起来"},
      {"* cannot wait and ask again and again", "{1} 等不及，一问再问"},
      {"* ask at an old price first", "{1} 先按旧价格询问"},
      {"* use one request key for two baskets", "{1} 一个请求号用于两个篮子"},
      {"* use a request key that others use, too", "{1} 用了别人也在用的请求号"},
      {"* order, leave it alone, and order anew", "{1} 下单后丢下，又重新下单"},
      {"* ask for what no order can be made of", "{1} 要了无法成单的东西"},
      {"* ask to pay once more after paying", "{1} 付完又要再付"},
      {"* ask to pay through a channel that is not there", "{1} 要通过不存在的渠道付款"},
      {"* ask for one way to pay and then for another", "{1} 先要一种付法，又换一种"},
      {"* ask to pay on two devices at once", "{1} 在两台设备上同时付款"},
      {"* give the order up before paying", "{1} 付款前放弃订单"},
      {"* give the order up with the code in hand", "{1} 拿着付款码放弃订单"},
      {"* give the order up while they pay it", "{1} 付款的同时放弃订单"},
      {"* give the order up when it is paid", "{1} 付完再放弃订单"},
      {"*: \"*\" goes the way \"unlucky\"", "{1}：“{2}”走了少见的那条路"},
      // What is being done.
      {"asking what it costs", "询价"},
      {"looking at what is left of the promotions", "查剩余优惠"},
      {"taking the discounts", "占用优惠"},
      {"telling the promotions of the paid order", "通知优惠：订单已付"},
      {"telling the promotions of the closed order", "通知优惠：订单已关"},
      {"telling the promotions of the refused order", "通知优惠：订单被拒"},
      {"word: promotion", "优惠"},
      // Flaws, word for word (flaws/flaws.cc).
      {"Looks whether the coupon is unused when it prices the order, and marks it later: two orders of one "
       "buyer "
       "both have it.",
       "定价时查过券未用，后来才标记：同一买家的两个订单都用上了它。"},
      {"Takes the points in a step of their own before it writes down for what: who dies in between has "
       "taken "
       "them for nothing.",
       "先单独一步扣积分，再记下为哪个订单：中间一宕机，积分白扣。"},
      {"Makes the order for the total that the client sends: an old price, or a forged one, is what is paid.",
       "按客户端传来的总价下单：旧价格或伪造的价格都照单全收。"},
      {"Reads how many units are left when it prices the order and counts down later: two buyers both have "
       "the "
       "last one.",
       "定价时读促销价还剩几件，后来才扣：两个买家都拿到最后一件。"},
      {"Gives back the first coupon of the kind that the buyer has in use: it may be another order's.",
       "退回该买家同类券里的第一张：它可能属于另一个订单。"},
      {"Counts what an order used each time it is told of its end: news that comes twice counts twice.",
       "每次得知订单结束都计一次用量：通知来两次就计两次。"},
      // Laws, word for word (laws/rows.cc).
      {"A coupon is used by at most one order, of the buyer it was issued to, and comes back with it alone.",
       "一张券最多被一个订单使用，只能是持券人的订单，也只随它退回。"},
      {"No more units are sold at a price than there are at it, and each was counted.",
       "促销价卖出的件数不超过名额，每一件都计过数。"},
      {"At rest an order that stands has the discounts of its price, and no other order has any.",
       "静止时，有效订单占有其价格所含的优惠，别的订单一样也没有。"},
      {"A buyer's points that are free, frozen and spent are what he was given, and what his orders say.",
       "买家的可用、冻结、已用积分之和等于发放数，也与其订单相符。"},
      {"The total of an order is what its lines come to, at the list price or what promotions leave of it.",
       "订单总价等于各行之和：按标价，或按优惠后的价。"},
      {"What a rule takes off an order lies on its lines, by what was to pay of each, to the last minor "
       "unit.",
       "每条优惠按各行应付的比例摊到各行，一分不差。"},
  };
}

}  // namespace ordeal::purchase
