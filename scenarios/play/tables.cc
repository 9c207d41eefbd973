#include "scenarios/play/tables.h"

#include <algorithm>
#include <array>

namespace ordeal::scenarios {
namespace {

using std::string_view;

constexpr std::array<string_view, 2> kGates{"conditional_update", "row_lock"};
constexpr std::array<string_view, 2> kStatusWriters{"conditional", "version"};
constexpr std::array<string_view, 2> kClosers{"scan", "delayed_timer"};
constexpr std::array<string_view, 2> kStatements{"none", "daily"};

constexpr std::array kSeams{
    SeamRow{"stock.gate", "How is stock taken so that two buyers cannot have the same unit?", kGates},
    SeamRow{"order.status_write", "How does a change of an order's state notice that somebody was faster?",
            kStatusWriters},
    SeamRow{"order.close_by", "What notices that an order was not paid in time?", kClosers},
    SeamRow{"payment.statements", "Does payment read what the channel says about each day?", kStatements},
};

constexpr std::array kFlaws{
    FlawRow{"F-01", "check-then-act oversell", "stock.gate", "I-10 no-oversell", "first_sale",
            "Reads the stock, compares, then subtracts in a second statement: two buyers both see the last "
            "unit."},
    FlawRow{"F-11", "callback processed twice", "payment.callback", "I-31 callbacks-have-one-effect",
            "first_sale",
            "Reads the status, then grants: a duplicate callback between the two is granted again."},
    FlawRow{"F-16", "retry with a new number after a timeout", "payment.attempt", "I-32 no-double-charge",
            "first_sale", "Takes a timeout for a failure and charges again under a new trade number."},
    FlawRow{"F-17", "pay against timeout-cancel", "order.status_write", "I-04 one-transition-wins",
            "first_sale",
            "Selects unpaid orders, then closes them without looking at the state again: a payment is "
            "overwritten."},
    FlawRow{"F-18", "payment arrives on a closed order", "order.late_payment",
            "I-35 late-payment-is-refunded", "first_sale",
            "Ignores a payment because the order is not unpaid, and acknowledges it: the money stays, the "
            "order does not."},
    FlawRow{
        "F-21", "commit, then publish", "event.publish", "I-51 every-event-arrives", "first_sale",
        "Publishes after the commit, three tries, no outbox: a crash in between loses the event for ever."},
    FlawRow{"F-81", "statement believed whatever it says", "payment.statement_check",
            "I-91 statements-are-whole", "day_end",
            "Takes the lines it finds for the day: a file cut off hides money, an empty one makes all of "
            "ours missing."},
};

constexpr std::array kInvariants{
    InvariantRow{"I-01 one-order-per-request",
                 "A request key of a user leads to at most one order, and every reply names it.", true, true},
    InvariantRow{"I-03 only-declared-edges",
                 "Orders, attempts and reservations move along declared edges only; final states are final.",
                 true, true},
    InvariantRow{
        "I-04 one-transition-wins",
        "From one state of an order at most one transition commits; paid and closed exclude each other.",
        true, true},
    InvariantRow{"I-10 no-oversell", "For each sku, sold plus reserved never exceeds what there was.", true,
                 true},
    InvariantRow{"I-12 order-iff-reservation",
                 "At rest an order that holds or used stock has all its reservations, and no reservation is "
                 "without its order.",
                 true, false},
    InvariantRow{"I-14 reservation-ends-once",
                 "Each reservation ends exactly once: consumed or released, never both, never twice.", true,
                 true},
    InvariantRow{"I-30 amounts-are-sane",
                 "Every amount is a positive integer within bounds, one currency per document.", true, true},
    InvariantRow{"I-31 callbacks-have-one-effect",
                 "Any multiset and order of callbacks of one payment has the effect of one.", true, true},
    InvariantRow{"I-32 no-double-charge",
                 "What the channel took for an order, less refunds, is nothing or its total.", true, false},
    InvariantRow{"I-33 only-true-callbacks-count",
                 "No state changes by a message whose signature, merchant, order or amount does not match.",
                 true, true},
    InvariantRow{"I-35 late-payment-is-refunded",
                 "A payment that succeeds on a closed order is refunded exactly once.", true, false},
    InvariantRow{"I-41 unpaid-orders-close",
                 "An unpaid order is closed within its time and the lateness bound.", false, false},
    InvariantRow{"I-42 paid-at-channel-is-known",
                 "What the channel took is known here as paid or refunded within the bound.", false, false},
    InvariantRow{
        "I-51 every-event-arrives",
        "Every committed change with a subscriber reached it; no event tells of what was rolled back.", false,
        false},
    InvariantRow{"I-70 entries-balance", "Each journal entry adds up to zero, and so do all accounts.", true,
                 true},
    InvariantRow{
        "I-91 statements-are-whole",
        "An accepted statement is the channel's book of its day, line by line, with the sum it says; "
        "each day is read in the end.",
        true, true},
    InvariantRow{
        "I-93 money-is-conserved",
        "Over the whole world money is neither made nor lost, and the ledger agrees with the channel.", true,
        false},
};

template <class Rows, class Field>
auto find(const Rows& rows, string_view name, Field field) -> decltype(rows.data()) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.*field == name; });
  return found == rows.end() ? nullptr : &*found;
}

constexpr std::array kPoints{
    PointRow{"inventory: the stock is busy", "Stock does not look and answers that it is busy."},
    PointRow{"notification: the merchant is told again",
             "The merchant's answer is forgotten: it hears the same once more."},
    PointRow{"order: a close timer is lost",
             "The timer of an order is not set; only the scan behind it closes the order."},
    PointRow{"order: a draft is left to its worker",
             "Stock is not asked at once: the worker for drafts does it later."},
    PointRow{"order: an answer waits after the commit",
             "The order is there, the answer comes after the caller's deadline."},
    PointRow{"outbox: a relay forgets who acknowledged", "A row that was delivered is delivered again."},
    PointRow{"outbox: a relay sends one row a pass", "A pass takes one row, however many are due."},
    PointRow{"payment: a charge is sent again", "The same charge is sent twice under its one number."},
    PointRow{"refund: a refund is asked for again",
             "The same refund is asked for twice under its one number."},
    PointRow{"worker: a worker wakes late", "A worker oversleeps by three seconds."},
};

}  // namespace

std::span<const SeamRow> seams() { return kSeams; }
std::span<const FlawRow> flaws() { return kFlaws; }
std::span<const InvariantRow> invariants() { return kInvariants; }
std::span<const PointRow> points() { return kPoints; }

const SeamRow* find_seam(string_view name) { return find(kSeams, name, &SeamRow::seam); }
const FlawRow* find_flaw(string_view id) { return find(kFlaws, id, &FlawRow::id); }
const InvariantRow* find_invariant(string_view name) { return find(kInvariants, name, &InvariantRow::name); }

}  // namespace ordeal::scenarios
