// Rest: a world when nothing moves any more, as audits see it: the databases of all services, the parties' own books, and
// what is known of the trial. A flow reads its rows from here once into structs of its own (`rows<T>`), so that a check
// reads like its promise.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <vector>

#include "core/env/database.h"
#include "scenarios/play/books.h"
#include "scenarios/play/flows.h"
#include "scenarios/play/knobs.h"
#include "scenarios/play/laws/findings.h"

namespace ordeal::play {

class Rest {
 public:
  struct Facts {
    std::int64_t now_ns = 0;     // true time since the trial began
    std::int64_t healed_ns = 0;  // when the faults stopped
    bool settled = false;
    std::vector<std::string> gone{};   // hosts that never return: nobody can ask them any more
    bool machine_struck = false;       // a message, a host, a disk, a clock or a device failed
    bool unlucky = false;              // the program took the less usual of two right ways
    bool repeated_messages = false;    // the network delivered something twice
    std::vector<std::string> forks{};  // at which somebody took another way than the ordinary one
    Knobs knobs{};                     // as they were turned
  };

  Rest(const Scenario& scenario, const Designer& designer, const Flows& flows, Facts facts)
      : now_ns(facts.now_ns),
        healed_ns(facts.healed_ns),
        settled(facts.settled),
        calm(!facts.machine_struck && !facts.unlucky && facts.forks.empty()),
        repeated_messages(facts.repeated_messages),
        knobs(facts.knobs),
        scenario_(scenario),
        designer_(designer),
        flows_(flows),
        machine_struck_(facts.machine_struck),
        unlucky_(facts.unlucky),
        forks_(std::move(facts.forks)),
        gone_(std::move(facts.gone)) {}

  // The databases that could be opened, by service; several services may share one. They outlive this.
  void add(std::string service, env::Connection& database) { databases_[std::move(service)] = &database; }
  void add(const std::type_info& type, const Books& books) { books_.emplace_back(&type, &books); }

  const Scenario& scenario() const { return scenario_; }
  const Designer& designer() const { return designer_; }
  const Flows& flows() const { return flows_; }
  // Null when it could not be opened.
  env::Connection* database(std::string_view service) const;
  bool is_gone(std::string_view host) const;
  // In the whole trial no machine failed, and nobody took another way than the ordinary one at these forks.
  bool undisturbed_at(std::span<const std::string_view> forks) const;
  // Machines did what they should; who was unlucky was the program, by seconds.
  bool machines_ran() const { return !machine_struck_; }

  // The parties' books of this type; null when no party of the trial keeps any.
  template <class B>
  const B* books_if_any() const {
    for (const auto& [type, books] : books_) {
      if (*type == typeid(B)) return static_cast<const B*>(books);
    }
    return nullptr;
  }
  template <class B>
  const B& books() const {
    const B* found = books_if_any<B>();
    ORDEAL_CHECK(found != nullptr, typeid(B).name());
    return *found;
  }

  // What `Rows(const Rest&)` reads, once for all checks. It reads what it can; `unread` says what it could not.
  template <class Rows>
  const Rows& rows() const {
    for (const auto& [type, rows] : rows_) {
      if (*type == typeid(Rows)) return *static_cast<const Rows*>(rows.get());
    }
    auto made = std::make_shared<const Rows>(*this);
    rows_.emplace_back(&typeid(Rows), made);
    return *made;
  }
  // Reads the rows of one service, and notes what went wrong.
  void read(std::string_view service, const std::function<void(env::Connection&)>& from) const;
  // Why the rows of this service are not here; null when they are.
  const std::string* unread(std::string_view service) const;

  const std::int64_t now_ns;
  const std::int64_t healed_ns;
  const bool settled;
  const bool calm;  // no fault has struck in the whole trial, so nothing excuses anything
  const bool repeated_messages;
  const Knobs knobs;

 private:
  const Scenario& scenario_;
  const Designer& designer_;
  const Flows& flows_;
  const bool machine_struck_;
  const bool unlucky_;
  const std::vector<std::string> forks_;
  std::vector<std::string> gone_;
  std::map<std::string, env::Connection*, std::less<>> databases_;
  std::vector<std::pair<const std::type_info*, const Books*>> books_;
  // Filled by reading, which changes nothing that a check could see.
  mutable std::vector<std::pair<const std::type_info*, std::shared_ptr<const void>>> rows_;
  mutable std::map<std::string, std::string, std::less<>> unread_;
};

// The checks of all watched laws at rest. One whose service could not be read is reported as inconclusive; a check is
// never silently left out.
class RestAudit {
 public:
  using Check = std::function<void(const Rest& rest, Findings& findings)>;

  // `invariant` and `needs` have static lifetime. `read`, which may be empty, reads what the check is going to look at; the
  // check runs only when all of `needs` could be read.
  void add(std::string_view invariant, std::vector<std::string_view> needs, Check check,
           std::function<void(const Rest&)> read);
  // The same with the rows of one flow.
  template <class Rows>
  void add(std::string_view invariant, std::vector<std::string_view> needs,
           std::function<void(const Rows& rows, Findings& findings)> check) {
    add(invariant, std::move(needs), Check([check = std::move(check)](const Rest& rest, Findings& findings) {
          check(rest.rows<Rows>(), findings);
        }),
        [](const Rest& rest) { rest.rows<Rows>(); });
  }

  void check(const Rest& rest, Findings& findings) const;

 private:
  struct Entry {
    std::string_view invariant;
    std::vector<std::string_view> needs;
    Check check;
    std::function<void(const Rest&)> read;
  };
  std::vector<Entry> entries_;
};

}  // namespace ordeal::play
