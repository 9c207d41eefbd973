// Sentences of a marketplace's stories and promises in Chinese.
#include "scenarios/flows/marketplace/telling/telling.h"

namespace ordeal::marketplace {

std::vector<play::WordRow> chinese_rows() {
  return {
      {"*'s order on * has the number of *'s on *", "{1} 在 {2} 的订单和 {3} 在 {4} 的订单同号"},
      {"* asked once and has two orders: * and *", "{1} 只下了一次单，却有两个订单：{2} 和 {3}"},
      {"*'s orders are at home on * and * was written on *: there are *",
       "{1} 的订单归 {2}，{3} 却写到了 {4}：现有 {5}"},
      {"* lies on *; its home is *", "{1} 在 {2} 上，应该在 {3} 上"},
      {"the search copy of * was * and became *", "搜索副本里的 {1} 原是 {2}，却变回 {3}"},
      {"* had seen * as * and sees it as *", "{1} 看到过 {2} 是 {3}，现在却看到 {4}"},
      {"* asks and sees * though * is *", "{1} 查询，看到的是 {2}，而 {3} 其实是 {4}"},
      {"* is never shown all of his orders", "{1} 始终看不全自己的订单"},
      {"* shards and * since *", "{1} 个分片，{3} 起 {2} 个"},
      {"word: PLACED", "已下单 PLACED"},
      {"Snowflake keeps its last time in a variable: a pod that restarts while its clock stands or goes back "
       "gives "
       "the same numbers again.",
       "雪花算法把上次时间只放在变量里：时钟停住或回拨时重启的实例会再发出同样的号。"},
      {"The worker's number stands in the image: two pods are both worker 1, and orders of the same "
       "millisecond "
       "get the same number.",
       "机器号写死在镜像里：两个实例都是 1 号，同一毫秒的订单拿到同一个号。"},
      {"The search copy takes each change as it comes: one that comes again or late puts an order back.",
       "搜索副本来一条变更就写一条：重复或迟到的变更把订单改回旧状态。"},
      {"The shard is the hash modulo the number of shards: with one more, buyers are sent where their orders "
       "are not.",
       "分片号是哈希对分片数取模：加一个分片，买家就被送到没有自己订单的地方。"},
      {"* orders from *", "{1} 向 {2} 下单"},
      {"seller *", "卖家 {1}"},
      {"order *", "订单 {1}"},
      {"bucket * moves to *", "分桶 {1} 搬到 {2}"},
      {"moving an order on", "推进订单"},
      {"Every order is on the shard that is its buyer's home, also while buckets move.",
       "每个订单都在买家所属的分片上，分桶搬迁期间也一样。"},
      {"No order number is given twice, and a gene in it is that of its buyer.",
       "订单号绝不重复，号里的基因就是买家的基因。"},
      {"* clicks twice", "{1} 连点两下"},
      {"* gets no good answer and asks again", "{1} 没得到准信，又问了一次"},
      {"* pays", "{1} 付款"},
      {"* cancels", "{1} 取消"},
      {"*'s order is written on *: *", "{1} 的订单写到 {2}：{3}"},
      {"the search copy has * as *", "搜索副本里 {1} 是 {2}"},
      {"* is paid for", "{1} 已支付"},
      {"* is shipped", "{1} 已发货"},
      {"* is cancelled", "{1} 已取消"},
      {"* moves to *", "{1} 搬到 {2}"},
      {"placing an order", "下单"},
      {"moving an order on", "推进订单"},
      {"writing how the order goes on", "写入订单的新状态"},
      {"A seller sees all of his orders, and none of them goes back.",
       "卖家看得到自己的全部订单，没有一个倒退。"},
      {"noting how far the feed has come", "记下同步到了哪里"},
      {"writing the order", "写订单"},
      {"writing the search copy", "写搜索副本"},
      {"leasing a worker number", "租用机器号"},
  };
}

}  // namespace ordeal::marketplace
