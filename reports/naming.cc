#include "reports/naming.h"

#include <array>
#include <set>

#include "reports/past.h"

namespace ordeal::reports {
namespace {

constexpr std::array<std::string_view, 26> kPersons{
    "ann", "ben", "cat", "dan",  "eve", "fay", "gus", "hal", "ida", "jon", "kim", "lea", "max",
    "nia", "oli", "pia", "quin", "ray", "sue", "tom", "una", "vic", "wes", "xia", "yan", "zoe"};

}  // namespace

Names::Names(const sim::Tale& tale, const std::vector<std::string>& first) : tale_(&tale) {
  for (const std::string& person : tale.persons()) persons_.emplace(person, "");
  for (const std::string& person : first) name_of(person);
}

std::map<std::string, std::string> names_of(const std::vector<std::string>& first) {
  std::map<std::string, std::string> names;
  for (std::size_t i = 0; i < first.size(); ++i)
    names.emplace(first[i], i < kPersons.size() ? std::string(kPersons[i]) : first[i]);
  return names;
}

Names Names::among(const sim::Tale& other) const {
  Names same(other);
  same.given_ = given_;
  for (const auto& [actor, name] : persons_) same.persons_[actor] = name;
  return same;
}

std::string Names::in(std::string_view text) {
  std::string out;
  std::set<std::string> from_ids;
  for (const Part& part : parts_of(text)) {
    const std::string name = part.word ? name_of(part.text) : part.text;
    out += name;
    if (name != part.text) from_ids.insert(name);
  }
  // Evidence likes to say a name beside its id.
  for (const std::string& name : from_ids) {
    const std::string both = name + " " + name;
    if (const std::size_t at = out.find(both); at != std::string::npos) out.replace(at, both.size(), name);
  }
  return out;
}

std::string Names::name_of(const std::string& word) {
  if (const auto person = persons_.find(word); person != persons_.end()) {
    if (person->second.empty()) {
      person->second = given_.size() < kPersons.size() ? std::string(kPersons[given_.size()]) : word;
      given_.emplace_back(person->second, word);
    }
    return person->second;
  }
  if (tale_ == nullptr) return word;
  const auto entity = tale_->entities().find(word);
  if (entity == tale_->entities().end() || entity->second.name == word) return word;
  return in(entity->second.name);
}

}  // namespace ordeal::reports
