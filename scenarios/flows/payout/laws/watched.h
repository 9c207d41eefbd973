// What is taken of which account on which day, followed by the facts. Facts come in the order of their commits, so at each of them this is
// just what the database holds.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/api/payout.h"
#include "scenarios/play/laws/watch.h"

namespace ordeal::payout {

class Watched {
 public:
  using AccountDay = std::pair<PayAccountId, std::int64_t>;

  struct Held {
    api::facts::QuotaOccupied what{};
    std::int64_t since_ns = 0;
    bool used = false;
    bool released = false;
    std::int64_t ended_ns = 0;
    bool ended() const { return used || released; }
  };
  struct Terms {
    api::AccountTerms terms{};
    std::int64_t version = 1;
  };

  // In force in the beginning: what the scenario says.
  explicit Watched(const play::Scenario& scenario);

  void on(const api::facts::AccountConfigured& configured, const sim::Fact& fact);
  void on(const api::facts::QuotaOccupied& occupied, const sim::Fact& fact);
  void on(const api::facts::QuotaUsed& used, const sim::Fact& fact);
  void on(const api::facts::QuotaReleased& released, const sim::Fact& fact);

  const Terms& terms(PayAccountId account) const { return terms_.at(account); }
  bool knows(PayAccountId account) const { return terms_.contains(account); }
  const std::map<PayAccountId, Terms>& all_terms() const { return terms_; }
  // Of a day that nobody has taken of: as the account has it now.
  std::int64_t quota(AccountDay of) const;
  std::int64_t taken(AccountDay of) const;
  std::int64_t free(AccountDay of) const { return quota(of) - taken(of); }
  const std::map<OccupationId, Held>& held() const { return held_; }
  const Held* find(OccupationId occupation) const;
  // OCCUPIED or USED; null when nothing is.
  const Held* of_payout(PayoutId payout) const;
  // For which payout something was taken of it last; null when nothing is taken.
  const Held* last_of(AccountDay of) const;
  // Could it have paid `amount` on that day at every moment from one to the other, being enabled?
  bool had_room(PayAccountId account, std::int64_t day, std::int64_t amount, std::int64_t from_ns,
                std::int64_t until_ns) const;

 private:
  void note(PayAccountId account, std::int64_t at_ns);

  std::map<PayAccountId, Terms> terms_;
  std::map<AccountDay, std::int64_t> quotas_;
  std::map<AccountDay, std::int64_t> taken_;
  std::map<OccupationId, Held> held_;
  std::map<PayoutId, OccupationId> current_;
  // Of every account: each change of its terms or of what is taken, in time.
  struct Change {
    std::int64_t at_ns = 0;
    bool enabled = true;
    std::int64_t quota = 0;                       // of a day that has not begun
    std::map<std::int64_t, std::int64_t> free{};  // by day that has begun
  };
  std::map<PayAccountId, std::vector<Change>> history_;
};

}  // namespace ordeal::payout
