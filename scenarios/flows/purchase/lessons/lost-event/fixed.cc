// The event is a row of the same transaction as the change it tells of: the outbox. A relay reads the rows and sends them until
// everybody has acknowledged; it looks again when it starts, so a crash costs time and no event.
#include "scenarios/flows/purchase/flaws/flaws.h"

namespace ordeal::purchase::planted {
namespace {

class RowOfTheSameTransaction final : public outbox::Publisher {
 public:
  void publish(env::Tx& tx, outbox::Relay& relay, const env::Message& message) override {
    relay.write(tx, message);  // insert into outbox …
  }

  void after_commit(outbox::Relay&) override {}  // the relay has been woken by the commit
};

}  // namespace

std::unique_ptr<outbox::Publisher> make_after_commit_publisher() {
  return std::make_unique<RowOfTheSameTransaction>();
}

}  // namespace ordeal::purchase::planted
