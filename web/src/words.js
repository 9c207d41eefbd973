// The page's own words in English and Chinese. Of what a trial says, the page's data may hold a translation; the rest (its
// evidence, logs and marks) is shown as it is.

import {named, translations} from './data.js';
import {lang} from './state.js';

// `what` for a number of things: "1 fault", "2 faults".
const counted = (n, one, many = one + 's') => `${n} ${n === 1 ? one : many}`;

const words = {
  en: {
    verdict_pass: 'everything held', verdict_safety: 'broken: safety', verdict_liveness: 'broken: something came too late or not at all',
    verdict_nondeterminism: 'one seed, two results', verdict_inconclusive: 'inconclusive', verdict_broken: 'a bug of Ordeal',
    play_again: 'Play it again', copy: 'Copy', copied: 'Copied', promise: 'What was promised', evidence: 'Evidence',
    seed: 'seed', struck_n: (n) => `${counted(n, 'fault')} struck`, events_n: (n) => counted(n, 'event'), planted: 'planted', also_broken: 'Also broken',
    story: 'The story', left_out: (n) => `${counted(n, 'line of the story is', 'lines of the story are')} left out`, nothing_broke: 'No promise was broken.',
    takes: 'But for this, would it have happened?', thing: 'Taken away', kind: 'Kind', still: 'Then', needed: 'needed', takes_about: 'Each was taken away alone. Needed: without it the promise holds.',
    not_needed: 'not needed', messages_needed: (n, all) => `Of ${counted(all, 'message')}, each lost alone, ${n === 0 ? 'none is' : counted(n, 'is', 'are')} needed`, untried: (n) => `${counted(n, 'was', 'were')} not tried for want of time`,
    kind_strike: 'fault', kind_window: 'fault over a time', kind_actor: 'person', kind_message: 'message',
    space_time: 'Who told whom, and when', space_time_about: (lanes, shown) => `${lanes} lanes, ${shown} events. The story and the list of events hold the same in words.`,
    zoom_in: 'Nearer', zoom_out: 'Wider', zoom_all: 'All', left: 'Left', right: 'Right',
    axis: 'Axis', axis_order: 'one event, one step', axis_time: 'true time', show: 'Show',
    group_steps: 'steps', group_messages: 'messages', group_commits: 'commits', group_faults: 'faults', group_hosts: 'hosts and clocks', group_details: 'details',
    past_only: 'only what led to it', lanes: 'Lanes', hide: (name) => `hide ${name}`, show_lane: (name) => `show ${name}`,
    follow: 'Follow', everybody: 'everything', too_many: (n) => `${n} events in sight: their density is drawn. Go nearer to see each.`,
    legend: 'Signs', legend_message: 'message', legend_lost: 'lost, or nobody there', legend_late: 'late, or still on its way', legend_twice: 'delivered twice', legend_damaged: 'damaged',
    legend_commit: 'commit', legend_step: 'step', legend_fault: 'fault', legend_breach: 'here it broke', legend_clock: 'its clock changes', legend_down: 'down', legend_frozen: 'frozen',
    stepper: 'Step', first: 'First', back: 'Back', next: 'Next', last: 'Last', breach: 'Breach', code_did: 'What the code did', fault_back: 'Fault before', fault_next: 'Fault after', keys: 'Keys',
    event: (i, n) => `event ${i} of ${n}`, at_cursor: 'At this moment', when: 'When', where: 'Where', what: 'What', stems_from: 'Stems from', fields: 'Fields',
    sent_at: 'Sent', came_at: 'Came', changed: 'What changed', written: 'Rows that were written', gone: 'gone', as_it_was: 'written back as it was', thing_of: 'Of what', nothing_changed: 'Nothing that is drawn changed here.', before: 'before', after: 'after', go_there: 'go there',
    fate_arrived: 'arrived', fate_lost: 'lost', fate_damaged: 'damaged on its way', fate_nobody_there: 'nobody listens there', fate_twice: 'delivered twice', fate_late: 'late', fate_on_its_way: 'still on its way at the end',
    beliefs: 'Who believes what', believes: 'believes', about: 'About', nothing_yet: 'Nobody believes anything yet.',
    timelines: 'States and figures', bands_about: 'Hatched: a transition that does not exist.', all_bands: (n) => `Show all ${n}`, bound: 'bound',
    money: 'Where the money went', money_about: 'Choose a passage to follow its money from its first holder on.', from: 'From', to: 'To', amount: 'Amount', of: 'For', why: 'Why', path: 'The path of this money', whole_flow: 'All of it', with_entries: 'with the entries of the books', returns: 'back to',
    compare: 'Where it parts from a day that passes', here: 'This trial', parting: 'Here they part', same_before: (n) => `${counted(n, 'line before is', 'lines before are')} the same`, nothing_more: 'nothing more happens', never_parts: 'In words the two days are the same; what differs is stored.',
    compare_said: (a, b) => `Until then the same. Then, here: ${a}. There: ${b}.`,
    events: 'All events', search: 'Search', search_about: 'Every word must be there: in a text, a name, a lane, a kind.', found: (n, all) => `${n} of ${all} events`, not_drawn: 'Not in this list, but in the trace',
    trial: 'What was played', design: 'Designs', faults: 'Faults', plan: 'Plan', marks: 'Marks', not_reached: 'Never happened', engine: 'Engine', hash: 'Trace hash', order: 'Order', counts: 'Counts', scenario: 'Scenario',
    hunt: 'The hunt', hunt_about: (trials, passed) => `${counted(trials, 'trial')}, ${passed} passed.`, laws_by_seed: 'Which seeds broke which law', law: 'Law', trials_broken: 'Trials', first_seed: 'First seed', time_to_find: 'Found after', trials_n: (n) => counted(n, 'trial'),
    nothing_found: 'No law was broken.', causes: 'Causes', count: 'Times', reach: 'How far faults came', armed: 'armed', reached: 'reached', effective: 'struck', hits: 'hits', unreadable: (n) => `${counted(n, 'line')} of its results could not be read.`,
    theme: 'Colours', theme_auto: 'as the system', theme_light: 'light', theme_dark: 'dark', language: 'Language', sections: 'Sections', note: 'Note', table_of: (title) => `${title} (table)`, close: 'Close',
    key_arrows: 'one step back, on', key_home: 'first, last event', key_faults: 'fault before, after', key_breach: 'where it broke', key_other: 'the other end of a message', key_zoom: 'nearer, wider, all', key_pan: 'look left, right', key_search: 'search', key_help: 'this list', times: (n) => `${n} times`, key_lane: 'event before, after on this lane',
  },
  zh: {
    verdict_pass: '一切成立', verdict_safety: '被打破：安全性', verdict_liveness: '被打破：有事来得太晚，或根本没有来',
    verdict_nondeterminism: '同一种子，两种结果', verdict_inconclusive: '无法判定', verdict_broken: 'Ordeal 自身的缺陷',
    play_again: '重放', copy: '复制', copied: '已复制', promise: '承诺', evidence: '证据',
    seed: '种子', struck_n: (n) => `${n} 个故障生效`, events_n: (n) => `${n} 个事件`, planted: '植入的缺陷', also_broken: '同时被打破',
    story: '经过', left_out: (n) => `略去 ${n} 行`, nothing_broke: '没有承诺被打破。',
    takes: '若没有它，还会发生吗？', thing: '去掉', kind: '类别', still: '结果', needed: '必要', takes_about: '逐一去掉。必要：没有它，承诺就成立。',
    not_needed: '不必要', messages_needed: (n, all) => `${all} 条消息逐条丢失，其中 ${n} 条是必要的`, untried: (n) => `因时间不足，${n} 项未试`,
    kind_strike: '故障', kind_window: '一段时间的故障', kind_actor: '参与者', kind_message: '消息',
    space_time: '谁在何时告诉了谁', space_time_about: (lanes, shown) => `${lanes} 条泳道，${shown} 个事件。经过与事件列表以文字给出同样内容。`,
    zoom_in: '放大', zoom_out: '缩小', zoom_all: '全部', left: '向左', right: '向右',
    axis: '横轴', axis_order: '每个事件一步', axis_time: '真实时间', show: '显示',
    group_steps: '步骤', group_messages: '消息', group_commits: '提交', group_faults: '故障', group_hosts: '主机与时钟', group_details: '细节',
    past_only: '只看导致它的', lanes: '泳道', hide: (name) => `隐藏 ${name}`, show_lane: (name) => `显示 ${name}`,
    follow: '跟随', everybody: '全部', too_many: (n) => `视野内有 ${n} 个事件：只画密度。放大后逐个显示。`,
    legend: '图例', legend_message: '消息', legend_lost: '丢失，或对方不在', legend_late: '迟到，或仍在途中', legend_twice: '送达两次', legend_damaged: '损坏',
    legend_commit: '提交', legend_step: '步骤', legend_fault: '故障', legend_breach: '在此被打破', legend_clock: '时钟改变', legend_down: '停机', legend_frozen: '冻结',
    stepper: '逐步', first: '最前', back: '后退', next: '前进', last: '最后', breach: '打破处', code_did: '代码做了什么', fault_back: '上一个故障', fault_next: '下一个故障', keys: '按键',
    event: (i, n) => `事件 ${i} / ${n}`, at_cursor: '此刻', when: '时间', where: '位置', what: '内容', stems_from: '起因', fields: '字段',
    sent_at: '发出', came_at: '到达', changed: '发生的变化', written: '写入的行', gone: '已删除', as_it_was: '原样写回', thing_of: '对象', nothing_changed: '此处所画之物没有变化。', before: '之前', after: '之后', go_there: '前往',
    fate_arrived: '已到达', fate_lost: '丢失', fate_damaged: '途中损坏', fate_nobody_there: '对方不在', fate_twice: '送达两次', fate_late: '迟到', fate_on_its_way: '结束时仍在途中',
    beliefs: '各方的认识', believes: '认为', about: '关于', nothing_yet: '还没有任何一方有所认识。',
    timelines: '状态与数值', bands_about: '斜纹：不存在的迁移。', all_bands: (n) => `显示全部 ${n} 项`, bound: '上限',
    money: '钱去了哪里', money_about: '选一笔转移，从最初的持有者起跟踪这笔钱。', from: '从', to: '到', amount: '金额', of: '为了', why: '原因', path: '这笔钱的路径', whole_flow: '全部', with_entries: '连同账簿的分录', returns: '退回',
    compare: '与通过的一天在何处分开', here: '本次试验', parting: '在此分开', same_before: (n) => `之前 ${n} 行相同`, nothing_more: '不再发生任何事', never_parts: '两天说起来一模一样，不同的是存下的内容。',
    compare_said: (a, b) => `此前相同。随后，本次：${a}。另一次：${b}。`,
    events: '全部事件', search: '搜索', search_about: '每个词都必须出现：在文字、名称、泳道或类别中。', found: (n, all) => `${n} / ${all} 个事件`, not_drawn: '不在此列表、但在轨迹中',
    trial: '所玩的试验', design: '设计', faults: '故障', plan: '计划', marks: '标记', not_reached: '从未发生', engine: '引擎', hash: '轨迹哈希', order: '次序', counts: '计数', scenario: '场景',
    hunt: '搜寻', hunt_about: (trials, passed) => `${trials} 次试验，${passed} 次通过。`, laws_by_seed: '哪些种子打破了哪条法则', law: '法则', trials_broken: '次数', first_seed: '首个种子', time_to_find: '找到所需', trials_n: (n) => `${n} 次试验`,
    nothing_found: '没有法则被打破。', causes: '原因', count: '次数', reach: '故障的到达程度', armed: '布置', reached: '到达', effective: '生效', hits: '命中', unreadable: (n) => `结果中有 ${n} 行无法读取。`,
    theme: '配色', theme_auto: '跟随系统', theme_light: '浅色', theme_dark: '深色', language: '语言', sections: '章节', note: '注意', table_of: (title) => `${title}（表）`, close: '关闭',
    key_arrows: '后退、前进一步', key_home: '最前、最后的事件', key_faults: '上一个、下一个故障', key_breach: '打破处', key_other: '消息的另一端', key_zoom: '放大、缩小、全部', key_pan: '向左、向右看', key_search: '搜索', key_help: '本列表', times: (n) => `${n} 次`, key_lane: '本泳道的上一个、下一个事件',
  },
};

// Looked up when it is shown, so that a change of language shows at once.
export function say(key, ...given) {
  const entry = words[lang.value][key] ?? words.en[key] ?? key;
  return typeof entry === 'function' ? entry(...given) : entry;
}

// What a trial says, with names, in the language of the page where there is a translation.
export function told(text) {
  return (lang.value === 'zh' && translations.get(text)) || named(text);
}
