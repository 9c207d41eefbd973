#include "faults/plan/describe.h"

#include "faults/kinds/fields.h"
#include "faults/plan/plan_json.h"
#include "faults/text.h"

namespace ordeal::faults {
namespace {

template <class Names>
std::string one_of(const Names& names) {
  std::string out;
  for (const auto& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

std::string value_text(const Parameter& parameter, Duration) {
  std::string out = "a time such as \"30s\" or \"1h30m\"";
  if (parameter.may_be_negative) out += ", \"-30s\" too";
  if (parameter.may_be_never) out += ", or \"never\"";
  return out;
}
std::string value_text(const Parameter&, Ratio) { return "a chance such as \"3/100\", from 0 to 1"; }
std::string value_text(const Parameter& parameter, std::int64_t) {
  return parameter.least > 0 ? "a whole number of at least " + std::to_string(parameter.least)
                             : "a whole number";
}
std::string value_text(const Parameter&, const std::string&) { return "a text"; }
std::string value_text(const Parameter&, const std::vector<std::string>&) { return "a list of names"; }
std::string value_text(const Parameter&, CrashPoints) {
  std::vector<std::string_view> names;
  for (const CrashPointName& row : crash_point_names()) names.push_back(row.name);
  return "a list of " + one_of(names);
}
template <class Enum>
requires std::is_enum_v<Enum> std::string value_text(const Parameter&, Enum value) {
  return "one of " + one_of(names_of(value));
}

std::string initial_text(Duration value) { return text(value); }
std::string initial_text(Ratio value) { return text(value); }
std::string initial_text(std::int64_t value) { return std::to_string(value); }
std::string initial_text(const std::string& value) { return value.empty() ? "any" : value; }
std::string initial_text(const std::vector<std::string>& value) {
  return value.empty() ? "all" : one_of(value);
}
std::string initial_text(CrashPoints value) {
  std::vector<std::string_view> names;
  for (const CrashPointName& row : crash_point_names()) {
    if (value.has(row.point)) names.push_back(row.name);
  }
  return one_of(names);
}
template <class Enum>
requires std::is_enum_v<Enum> std::string initial_text(Enum value) { return std::string(name_of(value)); }

template <class T>
void describe(const T& value, const std::string& prefix, std::vector<ParameterText>& out) {
  value.fields(value, [&](const Parameter& parameter, const auto& field) {
    const bool optional = parameter.may_be_blank || !is_blank(field);
    out.push_back({prefix + std::string(parameter.key), std::string(parameter.says),
                   value_text(parameter, field), optional ? initial_text(field) : ""});
  });
}

template <class Variant>
std::vector<ParameterText> described(const Variant& variant) {
  std::vector<ParameterText> out;
  std::visit([&](const auto& value) { describe(value, "", out); }, variant);
  return out;
}

// A value for every parameter that must be given.
struct Example {
  void operator()(const Parameter&, Duration& v) const { set(v, kSecond); }
  void operator()(const Parameter&, Ratio& v) const { set(v, {1, 100}); }
  void operator()(const Parameter&, std::int64_t& v) const { set(v, std::int64_t{50'000}); }
  void operator()(const Parameter& parameter, std::string& v) const { v = parameter.key; }
  void operator()(const Parameter&, std::vector<std::string>& v) const { v = {"order"}; }
  template <class Other>
  void operator()(const Parameter&, Other&) const {}

  template <class T>
  static void set(T& value, T to) {
    if (is_blank(value)) value = to;
  }
};

}  // namespace

std::vector<ParameterText> parameters_of(FaultKind kind) { return described(make(kind)); }

std::vector<ParameterText> parameters_of_action(std::size_t action) { return described(make_action(action)); }

std::vector<ParameterText> window_keys() {
  const std::string time = "a time such as \"30m\"";
  std::vector<ParameterText> out{
      {"id", "a name of its own in this plan; what it draws is keyed by it", "a text", ""},
      {"fault", "the kind of fault", "a name of ordeal list faults", ""},
      {"from", "when it begins, since the trial began", time, "0s"},
      {"until", "the first moment after it", time + ", \"heal\" or, of an outage, \"never\"", ""}};
  describe(Scope{}, "scope.", out);
  return out;
}

std::string example_window(FaultKind kind) {
  Window window;
  window.id = std::string(name_of(kind)) + "-1";
  window.fault = make(kind);
  std::visit([](auto& fault) { fault.fields(fault, Example{}); }, window.fault);
  return window_to_text(window);
}

}  // namespace ordeal::faults
