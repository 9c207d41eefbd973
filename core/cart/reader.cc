#include "core/cart/reader.h"

#include <array>
#include <charconv>

namespace ordeal::cart {
namespace {

constexpr std::size_t kDigits = 16;

std::string building_key(UserId owner) { return "cart-building:" + std::to_string(owner.value); }

View from_database(env::Database& db, UserId owner) {
  return env::in_read(db, "cart.look",
                      [&](env::Connection& connection) { return view_of(connection, owner); });
}

class FromDatabase final : public Reader {
 public:
  View read(env::Database& db, UserId owner) override { return from_database(db, owner); }
};

// A number with `end` behind it.
std::optional<std::int64_t> take_number(std::string_view& text, char end) {
  std::int64_t number = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(at - text.data());
  if (error != std::errc{} || length >= text.size() || text[length] != end) return std::nullopt;
  text.remove_prefix(length + 1);
  return number;
}

}  // namespace

std::unique_ptr<Reader> make_reader(std::string_view name) {
  if (name == "database") return std::make_unique<FromDatabase>();
  if (name == "cache_first") return std::make_unique<CacheFirst>();
  return nullptr;
}

std::string cart_key(UserId owner) { return "cart:" + std::to_string(owner.value); }

std::string text_of(const View& view) {
  std::string version = std::to_string(view.version);
  std::string text = std::string(kDigits - std::min(kDigits, version.size()), '0') + version + ";";
  for (const api::CartLine& line : view.lines)
    text += std::to_string(line.sku.value) + "," + std::to_string(line.qty) + "," +
            std::to_string(line.version) + ";";
  return text;
}

std::optional<View> view_of_text(std::string_view text) {
  View view;
  const auto version = take_number(text, ';');
  if (!version) return std::nullopt;
  view.version = *version;
  while (!text.empty()) {
    const auto sku = take_number(text, ',');
    const auto qty = sku ? take_number(text, ',') : std::nullopt;
    const auto line = qty ? take_number(text, ';') : std::nullopt;
    if (!line) return std::nullopt;
    view.lines.push_back({SkuId{*sku}, *qty, *line});
  }
  return view;
}

View CacheFirst::read(env::Database& db, UserId owner) {
  std::optional<View> found;
  if (!look(owner, found)) return from_database(db, owner);
  return found ? std::move(*found) : build(db, owner);
}

bool CacheFirst::look(UserId owner, std::optional<View>& found) {
  if (in_peace()) return false;
  const auto text = env_->cache().get(cart_key(owner));
  if (!heard(text)) return false;
  if (*text) found = view_of_text(**text);
  return true;
}

View CacheFirst::build(env::Database& db, UserId owner) {
  std::optional<View> found;
  for (int i = 0; i < kWaits; ++i) {
    const auto mine = env_->cache().set(building_key(owner), "1",
                                        {.when = env::SetIf::absent, .expire_after = kBuildingLife});
    if (!heard(mine)) break;
    if (*mine) {
      env_->log.sometimes("a cart was built anew");
      View view = from_database(db, owner);
      changed(owner, view);
      if (!in_peace()) heard(env_->cache().remove(building_key(owner)));
      return view;
    }
    env_->log.sometimes("somebody else built the cart");
    env_->tasks.sleep(kWait);
    if (!look(owner, found)) break;
    if (found) return std::move(*found);
  }
  return from_database(db, owner);
}

void CacheFirst::changed(UserId owner, const View& view) {
  if (in_peace()) return;
  heard(env_->cache().script("put_newer", {cart_key(owner)},
                             {text_of(view), std::to_string(kLife.ns / 1'000'000)}));
}

template <class T>
bool CacheFirst::heard(const Result<T, env::CacheError>& answer) {
  if (answer) return true;
  env_->log.sometimes("the carts' cache was silent");
  in_peace_until_ = env_->clock.monotonic_now() + kPeace;
  return false;
}

}  // namespace ordeal::cart
