// Kinds of events by name: code names, which are said in Chinese.

import {lang} from './state.js';

const kindsInChinese = {
  message_sent: '发出消息', message_delivered: '收到消息', message_lost: '消息丢失', rpc_timed_out: '等待超时',
  disk_crash: '磁盘断电', committed: '提交', rolled_back: '回滚', fact: '事实', host_up: '主机启动', host_down: '主机停机',
  host_frozen: '主机冻结', host_thawed: '主机解冻', clock_set: '时钟改变', fault: '故障', party: '外部行为', mark: '标记', log: '日志',
};

export const kindText = (kind) => (lang.value === 'zh' && kindsInChinese[kind]) || kind;
