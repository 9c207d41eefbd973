// The sentences of this flow in Chinese: of its teller, its shoppers, its channels' ways, its breaches and its promises. A
// sentence that is missing here is told in English; lessons need all of theirs (`ordeal learn --check`).
#include "scenarios/flows/purchase/telling/telling.h"

namespace ordeal::purchase {
namespace {

using Rows = std::vector<play::WordRow>;

Rows breaches() {
  return {
      {"* was at version * and is now at *", "{1} 原来是版本 {2}，现在是版本 {3}"},
      {"* are promised, of a stock of *", "答应卖出 {1}，可库存只有 {2}"},
      {"the counters of * are wrong: free *; set aside *; sold *",
       "{1} 的计数不对：可售 {2}；预占 {3}；已售 {4}"},
      {"* was made once and counted twice", "{1} 只付了一次，却记了两次"},
      {"* was charged * for *, with no refund on its way", "{1} 被扣了 {2}，订单只值 {3}，没有退款在途"},
      {"* was moved out of one state twice: two writers each believe that they won",
       "{1} 从同一个状态被改走两次：两边都以为自己赢了"},
      {"* paid *, got * back, and * is *", "{1} 付了 {2}，退回 {3}，而 {4} 的状态是 {5}"},
      {"* is paid, and the ledger never hears of it", "{1} 已支付，账务却永远不知道"},
      {"*'s book of * has *, the statement that was believed has *",
       "{1} 自己的账 {2} 有 {3} 笔，被采信的对账单上有 {4} 笔"},
      {"one request of * became * and *", "{1} 的一次请求变成了 {2}和 {3}"},
      {"* had paid, and payment knew it only after *: who asks knows it within *",
       "{1} 早就付了，支付系统 {2} 后才知道：主动去查的话 {3} 内就知道"},
      {"* went back to *, and * stays *", "{1} 退给了 {2}，而 {3} 的状态还是 {4}"},
      {"* was told that surely nothing was ordered, and * is *", "{1} 被告知肯定没下单，而 {2} 的状态是 {3}"},
      {"* paid * for *, which was closed here and still open at *",
       "{1} 为 {3} 付了 {2}：这边已关单，{4} 那边还能付"},
      {"* was told of a conflict, and asked for *", "{1} 被告知请求冲突，其实要的一直是{2}"},
      {"one basket", "同一篮东西"},
      {"the channel was told that * is known, and nobody has written it down",
       "渠道被告知：{1} 已经入账；其实没有任何地方记下过"},
      {"* set aside for an order that was never written down", "给一个从未写下的订单预占着 {1}"},
      {"* for * was called over at *, and its channel would still have taken the money",
       "{2} 的 {1} 在 {3} 就被当作结束，渠道那边却还能收钱"},
      {"* by callback, number \"*\", was captured for * because a stranger said so",
       "{3} 入账 {1}（渠道号 {2}），只因为一个陌生人这么说"},
      {"* is both paid and closed, and only one can be true", "{1} 既已支付又已关闭，只有一个能是真的"},
      {"* was told of *, which is of * and not *", "{1} 得到的答复是 {2}，里面却是 {3}，不是 {4}"},
      {"* is paid for, and nothing is set aside for it: * of * that are free",
       "{1} 已付款，却什么也没给它预占：要 {2}，可售只有 {3}"},
      {"the money of * goes back as sold out: * of * that are free",
       "{1} 的钱以“售罄”退回：要 {2}，明明还有 {3} 件可售"},
      {"* was refused: * of * that are free", "{1}被拒：要 {2}，明明还有 {3} 件可售"},
      {"*, should be *", "{1}（应为 {2}）"},
      {"* asked for another basket under the same key and was told of *",
       "{1} 用同一个请求键要了另一篮东西，得到的答复却是 {2}"},
      {"* asked for one thing and was told of * and of *", "{1} 只要了一样东西，却先后被告知 {2} 和 {3}"},
      {"* is still unpaid, and nobody is waiting to close it", "{1} 仍未付款，也没有谁在等着关它"},
      {"*'s order wants *, and what is set aside for it is none", "{1} 的订单要 {2}，却什么也没给它预占"},
      {"*'s order wants *, and what is set aside for it is *", "{1} 的订单要 {2}，给它预占的却是 {3}"},
  };
}

Rows deeds() {
  return {
      {"* orders * for *", "{1} 下单 {2}，共 {3}"},
      {"* orders * and * for *", "{1} 下单 {2} 和 {3}，共 {4}"},
      {"* clicks twice: the same order, once more", "{1} 连点两下：同一个订单又提交一次"},
      {"*'s basket has * in two lines", "{1} 的篮子里 {2} 占了两行"},
      {"* is told: \"yours\"", "{1} 得到答复：“是你的了”"},
      {"* is told: \"nothing was ordered, try again\"", "{1} 得到答复：“没有下单，请重试”"},
      {"* is told: \"nothing was paid, try again\"", "{1} 得到答复：“没有付款，请重试”"},
      {"* is told to wait and asks again", "{1} 被告知稍等，又问了一次"},
      {"* gets no answer and asks again", "{1} 没等到应答，又问了一次"},
      {"* gives the order up", "{1} 放弃订单"},
      {"* leaves without paying", "{1} 没付款就走了"},
      {"* pays at *'s cashier: *", "{1} 在 {2} 收银台付款：{3}"},
      {"* writes down *, *", "{1} 记下 {2}，{3}"},
      {"* moves * from * to *, though it is *", "{1} 把 {2} 从 {3} 改为 {4}，其实它已是 {5}"},
      {"* moves * from * to *", "{1} 把 {2} 从 {3} 改为 {4}"},
      {"an order that is not there yet", "一个还不存在的订单"},
      {"* sets * aside for *: * of * taken", "{1} 为 {3} 预占 {2}（已占 {4} / 共 {5}）"},
      {"* puts * of * back: * of * taken", "{1} 归还 {3} 的 {2}（已占 {4} / 共 {5}）"},
      {"* opens *, *", "{1} 发起 {2}，{3}"},
      {"* counts * as made, told by a callback", "{1} 认定 {2} 已付，来自回调"},
      {"* counts * as made, told by the channel's answer", "{1} 认定 {2} 已付，来自渠道应答"},
      {"* counts * as made, found by asking the channel", "{1} 认定 {2} 已付，查单得知"},
      {"* counts * as made, found on closing it", "{1} 认定 {2} 已付，关单时得知"},
      {"* counts * as made, found on a statement", "{1} 认定 {2} 已付，对账单上得知"},
      {"* wants * of * given back", "{1} 要求退还 {3} 的 {2}"},
      {"* enters the sale for *", "{1} 为 {2} 记销售分录"},
      {"* enters money that came for nothing for *", "{1} 为 {2} 记一笔无主款"},
      {"* enters the refund for *", "{1} 为 {2} 记退款分录"},
      {"* believes *'s statement of *: * line", "{1} 采信 {2} {3} 的对账单：{4} 笔"},
      {"* believes *'s statement of *: * lines", "{1} 采信 {2} {3} 的对账单：{4} 笔"},
      {"* takes * for *", "{1} 为 {3} 扣款 {2}"},
      {"* gives * of * back", "{1} 退还 {3} 的 {2}"},
      {"somebody forges a callback about *", "有人伪造了关于 {1} 的回调"},
      {"* calls back about * again", "{1} 再次回调 {2}"},
      {"* calls back about *", "{1} 回调 {2}"},
      {"merchant hears that * is *", "商户得知 {1} 的状态是 {2}"},
      {"* hears that * is *", "{1} 得知 {2} 的状态是 {3}"},
      {"*'s * order", "{1} 的第 {2} 个订单"},
      {"*'s order", "{1} 的订单"},
      {"*'s payment of *", "{1} 的付款（{2}）"},
      {"*'s * payment", "{1} 的第 {2} 笔付款"},
      {"*'s payment", "{1} 的付款"},
      {"*'s order of *", "{1} 的订单（{2}）"},
      {"2nd", "2"},
      {"3rd", "3"},
  };
}

Rows doings() {
  return {
      {"placing the order", "下单"},
      {"paying", "付款"},
      {"giving the order up", "放弃订单"},
      {"asking how the order stands", "查订单"},
      {"telling the order that money came", "通知订单已收款"},
      {"telling the order of the refund", "通知订单已退款"},
      {"setting goods aside", "预占库存"},
      {"telling the stock of the paid order", "通知库存：订单已付"},
      {"telling the stock of the closed order", "通知库存：订单已关"},
      {"telling the stock of the refused order", "通知库存：订单被拒"},
      {"starting the payment", "发起支付"},
      {"asking whether money came", "查是否到账"},
      {"taking the callback in", "处理回调"},
      {"telling payment of the closed order", "通知支付：订单已关"},
      {"asking payment for a refund", "申请退款"},
      {"telling the ledger of the sale", "通知账务记销售"},
      {"telling the ledger of the refund", "通知账务记退款"},
      {"having the merchant told", "安排通知商户"},
      {"paying at the channel's cashier", "在渠道收银台付款"},
      {"calling back", "发回调"},
      {"telling the merchant", "通知商户"},
      {"*, *, for *", "{1}，为 {3} {2}"},
      {"*, for *", "{1}，为 {2}"},
      {"*, *", "{1}，{2}"},
  };
}

Rows ways() {
  return {
      {"* sends its callback twice", "{1} 把回调发了两次"},
      {"* loses its callback", "{1} 的回调丢了"},
      {"* sends its callback many times at once", "{1} 同一瞬间发来许多次回调"},
      {"* is imitated: a callback with a wrong amount", "有人冒充 {1}：回调金额不对"},
      {"* is imitated: a callback with a stranger's signature", "有人冒充 {1}：回调签名不是它的"},
      {"* is imitated: a callback for another app", "有人冒充 {1}：回调属于另一个应用"},
      {"* is imitated: a callback with a second amount hung on", "有人冒充 {1}：回调多挂了一个金额"},
      {"* will send its old callback again hours later", "{1} 几小时后会重发旧回调"},
      {"* says once more that it waits, before it says that it was paid", "{1} 先又说一遍“待付”，再说已付"},
      {"* says that the trade is finished, where it could say that it was paid",
       "{1} 说“交易结束”，而不是“已付”"},
      {"* calls back about another seller's trade of the same number", "{1} 回调了另一个卖家同号的交易"},
      {"* calls back about a trade that runs at another channel", "{1} 回调了另一个渠道的交易"},
      {"* calls back with a status that nobody knows", "{1} 的回调带着没人认识的状态"},
      {"* tells by callback that the trade is closed", "{1} 用回调告知交易已关"},
      {"* answers that it is still at it", "{1} 回答说还在处理"},
      {"* answers about another trade", "{1} 答的是另一笔交易"},
      {"* turns the request away as badly signed although it did it", "{1} 说签名不对拒了请求，其实已经做了"},
      {"* is under repair: for a while nothing is done", "{1} 正在维护：暂时什么都不做"},
      {"* lets the request stand in line for minutes", "{1} 让请求排队好几分钟"},
      {"* passes on that the bank declines", "{1} 转告：银行拒付"},
      {"* says no, and takes the money minutes later", "{1} 先说不行，几分钟后又扣了款"},
      {"* takes the refund on, and pays it back hours later", "{1} 受理退款，几小时后才退到账"},
      {"* refuses the refund for now: the merchant's account is empty", "{1} 暂拒退款：商户余额不足"},
      {"* calls back before it answers", "{1} 还没应答就先回调了"},
      {"* calls back much later", "{1} 很久以后才回调"},
      {"* will never call back", "{1} 再也不会回调"},
      {"* answers with an error although it did it", "{1} 报错，其实已经做了"},
      {"* does not have its statement ready", "{1} 的对账单还没出"},
      {"* sends an empty statement", "{1} 发来一份空对账单"},
      {"* sends a statement with every line twice", "{1} 的对账单每行都重复"},
      {"* sends its statement cut off in the middle", "{1} 的对账单从中间截断"},
      {"* sends a statement that lacks a line which its totals count", "{1} 的对账单少了一行，合计里却有它"},
      {"* sends a statement with a wrong amount", "{1} 的对账单有一笔金额不对"},
      {"* says of refunds that they are still in process", "{1} 说退款仍在处理"},
      {"* sends a statement with a line of somebody else's", "{1} 的对账单混进了别人的一行"},
      {"* answers with the state and amount of another trade", "{1} 应答的是另一笔交易的状态和金额"},
      {"* answers about the day before", "{1} 答的是前一天"},
      {"* sends the statement of the day before", "{1} 发来前一天的对账单"},
      {"* is slow to answer", "{1} 迟迟不应答"},
      {"* answers nobody for hours", "{1} 好几个小时谁都不理"},
      {"* answers with an error", "{1} 应答出错"},
  };
}

// What the painter draws; words that stand alone follow "word: " (reports/page/translations.h). States keep their code names.
Rows drawn() {
  return {
      {"word: order", "订单"},
      {"word: attempt", "支付"},
      {"word: reservation", "预占"},
      {"word: refund", "退款"},
      {"word: inventory", "库存"},
      {"word: payment", "支付"},
      {"word: ledger", "账务"},
      {"word: shopper", "顾客"},
      {"word: merchant", "商户"},
      {"word: DRAFT", "草稿 DRAFT"},
      {"word: UNPAID", "待付 UNPAID"},
      {"word: PAID", "已付 PAID"},
      {"word: CLOSED", "已关 CLOSED"},
      {"word: REJECTED", "被拒 REJECTED"},
      {"word: PENDING", "待付 PENDING"},
      {"word: SUCCEEDED", "成功 SUCCEEDED"},
      {"word: FAILED", "失败 FAILED"},
      {"word: HELD", "预占 HELD"},
      {"word: CONSUMED", "已售 CONSUMED"},
      {"word: RELEASED", "已还 RELEASED"},
      {"word: REQUESTED", "已申请 REQUESTED"},
      {"word: taken", "已占"},
      {"word: money on its way to the ledger", "尚未入账的钱"},
      {"word: debited", "扣款"},
      {"word: refunded", "退回"},
      {"word: captured", "到账"},
      {"word: sale", "销售"},
      {"word: money that came for nothing", "无主款"},
      {"*, of *", "{1}，金额 {2}"},
      {"* set aside", "已预占 {1}"},
      {"* put back", "已归还 {1}"},
      {"* sold", "已售 {1}"},
      {"* asked for", "已请求 {1}"},
      {"* to be given back", "待退 {1}"},
      {"* given back", "已退 {1}"},
      {"not paid", "未付"},
      {"* paid", "已付 {1}"},
      {"* taken", "已扣 {1}"},
      {"ordered, for *", "已下单，{1}"},
      {"sale entered", "已记销售"},
      {"refund entered", "已记退款"},
      {"money that came for nothing entered", "已记无主款"},
      {"*'s purse", "{1} 的钱包"},
  };
}

// Of flaws, word for word (flaws/flaws.cc).
Rows flaws() {
  return {
      {"Reads the stock, compares, then subtracts in a second statement: two buyers both see the last unit.",
       "先读库存、比较，再用第二条语句扣减：两个买家都看见最后一件。"},
      {"Looks whether the request is new, then writes the order in a second step: two clicks both look "
       "first.",
       "先查请求是否新的，第二步才写订单：连点两下，两次都先查。"},
      {"Reads a counter, adds to it and writes it back whole: what another buyer wrote in between is gone.",
       "读出计数，加好后整个写回：别的买家在中间写的就没了。"},
      {"Reads the status, then grants: a duplicate callback between the two is granted again.",
       "先读状态再入账：夹在两步之间的重复回调会再入一次。"},
      {"Waits for the callback and never asks the channel: one that is lost leaves a paid order unpaid.",
       "只等回调，从不向渠道查单：回调一丢，付了款的订单一直待付。"},
      {"Takes a timeout for a failure and charges again under a new trade number.",
       "把超时当失败，换一个交易号再扣一次。"},
      {"Selects unpaid orders, then closes them without looking at the state again: a payment is "
       "overwritten.",
       "先选出未付订单，关单时不再看状态：付款被覆盖。"},
      {"Ignores a payment because the order is not unpaid, and acknowledges it: the money stays, the order "
       "does not.",
       "订单不是待付就忽略付款，还回了确认：钱留下了，订单没有。"},
      {"Takes an error of a commit for \"it did not happen\" and sends the money back: the order is paid all "
       "the same.",
       "提交报错就当“没发生”，把钱退回去：订单其实照样已付。"},
      {"Publishes after the commit, three tries, no outbox: a crash in between loses the event for ever.",
       "提交之后才发布，只试三次，没有 outbox：中间一宕机，事件永远丢失。"},
      {"Takes the lines it finds for the day: a file cut off hides money, an empty one makes all of ours "
       "missing.",
       "文件里有几行就当那天有几行：被截断就藏起了钱，空文件让我们的全部“缺失”。"},
      {"Tells a shopper whose request got no answer that surely nothing happened: the order is there, or the "
       "money gone.",
       "请求没等到应答，就告诉顾客肯定什么都没发生：其实订单在，或钱没了。"},
      {"Counts stock in the cache and writes to the database what the cache lets through: after a failover "
       "units that were sold are there again.",
       "在缓存里计库存，缓存放行的就直接写进数据库：主从切换之后，卖掉的货又“回来”了。"},
      {"Takes from the count in the cache with every request: one that comes again takes twice, and the last "
       "buyers are sent away.",
       "每来一次请求就扣一次缓存里的计数：同一请求重来就扣两次，最后的买家被白白拒绝。"},
      {"Writes `version = version = 1`, which assigns a comparison: the version stays 1, and an old read "
       "still matches.",
       "写成 `version = version = 1`，赋的是比较的结果：版本永远是 1，旧的读取照样对得上。"},
      {"Leaves the count negative when there was not enough: what comes back from an unpaid order cannot be "
       "sold.",
       "不够时让计数停在负数：未付订单退回来的货卖不出去。"},
      {"Commits the order, then sends the delayed message that will close it, and has nothing behind it: a "
       "message that is not sent leaves the order unpaid for ever.",
       "先提交订单，再发到期关单的延时消息，背后没有兜底：消息没发出去，订单就永远待付。"},
      {"Takes a count that is not there for none: a cache that comes back empty ends the sale.",
       "把“没有这个计数”当成“没货”：缓存清空重来，促销就此结束。"},
      {"Sets what has expired to CLOSED in its own table: at the channel it can still be paid.",
       "过期的只在自己表里改成 CLOSED：在渠道那边还能付。"},
      {"Gives each request that comes in a key of its own: a second click, or a retry, is a second order.",
       "给进来的每个请求各发一个新号：连点两下，或者重试，就成了第二个订单。"},
      {"Notes that a callback came, and carries it out in a second step: one that comes again is told it "
       "was.",
       "先记下“回调来过”，第二步才处理：再来一次的回调被告知已经处理。"},
      {"Takes \"declined\" for \"not debited\", and leaves the trade open: its channel may still take the "
       "money.",
       "把“拒绝”当成“没扣款”，交易就那么开着：渠道仍可能把钱扣走。"},
      {"Opens another trade beside the one that is open when the buyer takes another way: both are paid.",
       "买家换支付方式时，在已经打开的交易旁边再开一笔：两笔都付了。"},
      {"Believes a callback whose signature is right, whatever amount and trade it speaks of.",
       "签名对的回调就信，不管它说的是什么金额、哪笔交易。"},
      {"Takes the stock before it writes the order down: who dies in between has taken it for nobody.",
       "订单还没写下就先占库存：死在两步之间，就白白占给了不存在的订单。"},
      {"Takes the lines of a basket one by one: who dies in between holds a part, and calls it all when "
       "asked again.",
       "一篮商品一行一行地占：死在中间只占到一部分，再问时却当成全都占好了。"},
      {"Deducts when the money comes, and does not listen to the answer: the last unit is paid for twice.",
       "付款到账时才扣库存，却不看扣没扣到：最后一件卖给了两个付了钱的人。"},
      {"Catches every error and says \"success\": the channel never calls again about what was not written.",
       "捕获一切错误，一律答“success”：没写成的事，渠道再也不会来说。"},
      {"Calls a payment illegal whose attempt was closed before, and acknowledges it: the money is "
       "forgotten.",
       "支付尝试先被关闭，后来的付款就当作非法，还回了确认：这笔钱被忘掉。"},
      {"Writes back the whole order as it had read it, to note a cancel: a payment in between is undone.",
       "记一笔“取消”时，把先前读到的整行写回去：中间到账的付款被抹掉。"},
      {"Makes a closed order PAID when money comes, since it has not been paid: its stock is long gone.",
       "钱来了就把已关订单改成 PAID，因为它“还没付过”：库存早已归还。"},
      {"Answers a known request key with its order, and does not look whether it is the same request.",
       "请求号见过就回它的订单，不看是不是同一个请求。"},
      {"Forgets a request key after a minute: the patient retry orders again.",
       "请求号一分钟后就忘：耐心的重试又下了一单。"},
      {"Keeps the first of two lines of one sku, and charges for both.",
       "同一 SKU 的两行只留第一行，钱却收了两行的。"},
      {"Returns an error out of a transaction, which commits what was written before it.",
       "事务里用返回值报错，不抛异常：报错之前写的照样提交。"},
  };
}

// Of laws, word for word (laws/rows.cc).
Rows promises() {
  return {
      {"A request key of a user leads to at most one order, and every reply names it.",
       "同一用户的一个请求号最多产生一个订单，每次应答都指向它。"},
      {"From one state of an order at most one transition commits; paid and closed exclude each other.",
       "订单从一个状态出发最多只有一次变更能提交；已付与已关互斥。"},
      {"For each sku, what is sold and held never exceeds what there was: no unit has two buyers.",
       "每个 SKU 已售与预占之和绝不超过原有库存：一件货不会有两个买家。"},
      {"An order is refused only if its goods were short, or nobody could say for as long as a draft may "
       "live.",
       "只有货不够，或者在草稿的期限内谁也说不准，才可以拒绝订单。"},
      {"No state changes by a message whose signature, merchant, order or amount does not match.",
       "签名、商户、订单或金额对不上的消息，不得改变任何状态。"},
      {"What is acknowledged to a channel has happened, and outlives a power loss in that instant.",
       "向渠道确认过的事必须已经发生，那一刻断电也不会丢。"},
      {"Any multiset and order of callbacks of one payment has the effect of one.",
       "同一笔付款的回调，无论来几次、什么顺序，效果等于一次。"},
      {"An accepted statement is the channel's book of its day, line by line, with the sum it says, and each "
       "line is "
       "thought of rightly.",
       "被采信的对账单逐行等于渠道当天的账，合计相符，每一行都被正确归类。"},
      {"A payment that succeeds on a closed order is refunded exactly once, and none is begun for one.",
       "已关订单上成功的付款恰好退一次；已关订单上不再发起新付款。"},
      {"What the channel took for an order, less refunds, is nothing or its total.",
       "渠道为一个订单扣的钱减去退款，要么是零，要么等于订单金额。"},
      {"Refunds of a payment add up to at most what it brought in, and a channel moves money once for each, "
       "noted once.",
       "一笔付款的退款之和不超过收到的钱；每笔退款渠道只动一次钱，只记一次。"},
      {"Every committed change with a subscriber reached it; no event tells of what was rolled back.",
       "每个已提交的变更都送达了订阅者；回滚的变更不会有事件。"},
      {"stuck in PAYING", "卡在“支付中”"},
      {"Tells a merchant six times within eight minutes, then never again: one who is down for longer does "
       "not learn that he was paid.",
       "八分钟内通知商户六次，之后再也不通知：宕机更久的商户永远不知道已收款。"},
      {"Books the debit in one transaction and the credit in the next: who dies in between leaves one side.",
       "借方一个事务，贷方下一个事务：中间宕机就只剩一边。"},
      {"A notice is sent as often and as soon as its schedule says, no oftener, and given up only after all "
       "tries.",
       "通知按计划的次数和间隔发送，不多发；试完全部次数才放弃。"},
      {"Each journal entry adds up to zero, and so do all accounts.", "每笔分录借贷相等，所有科目合计为零。"},
      {"the merchant of * was tried * times, and the schedule has *",
       "{1} 的商户只通知了 {2} 次，而计划有 {3} 次"},
      {"* of * does not balance: *", "{2} 的分录 {1} 借贷不平：{3}"},
      {"Marks a payment PAYING before it calls the channel, and lets nobody ask for its code again: who lost "
       "the answer can never pay.",
       "调渠道前先标成“支付中”，之后不许再要付款码：没收到回答的人再也付不了。"},
      {"* wants to pay * and is told to wait, though everybody answers",
       "{1} 想付 {2}，却被告知等待，可大家都有回答"},
      {"At rest an order that holds or used stock has all its reservations, and no reservation is without "
       "its order.",
       "静止时，占用库存的订单预占齐全，没有哪条预占找不到订单。"},
      {"At rest the counters of each sku are what its reservations come to, and add up to what there was.",
       "静止时，每个 SKU 的计数等于预占之和，加起来等于原有库存。"},
      {"Nothing stays in a state on the way: no order a DRAFT, no day's statement still to be read, or given "
       "up early.",
       "没有东西停在半路：没有订单停在 DRAFT，没有哪天的对账单没读完或过早放弃。"},
      {"An unpaid order is closed within its time and the lateness bound.",
       "未付订单在期限与允许的延迟内关闭。"},
      {"What the channel took is known here as paid or refunded within the bound; an attempt is over when no "
       "money can "
       "come.",
       "渠道收了的钱，这边在期限内知道已付或已退；只有不会再有钱来，一次支付尝试才算结束。"},
      {"What a buyer is told is so, and a promise that was made is kept.",
       "告诉买家的话必须属实，许下的承诺必须兑现。"},
      {"The books, and what everybody was told, are what the reference model says must have come of it.",
       "账目，以及每个人得到的答复，都与参考模型的结论一致。"},
  };
}

}  // namespace

std::vector<play::WordRow> chinese_rows() {
  Rows all;
  for (const Rows& rows : {promises(), flaws(), breaches(), ways(), deeds(), drawn(), doings()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace ordeal::purchase
