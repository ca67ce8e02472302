// MappingReading: the JSON of a mapping made its rules; inside importers only.
#pragma once

#include "mapping.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace arcscope
{

using MappingJson = nlohmann::ordered_json;

/// Keeps the first thing that is wrong and where; what is read after that means nothing.
class MappingReading
{
public:
    /// "spans[0].start.unit: expected …"; empty where all is well.
    const std::string& problem() const { return m_problem; }
    void wrong(std::string_view expected);

    using Take = std::function<void(const std::string& key, const MappingJson& at)>;
    void eachMember(const MappingJson& json, std::string_view expected, const Take& take);
    /// The strings of a list.
    void eachText(const MappingJson& json, const std::function<void(const std::string& text)>& take);
    std::string text(const MappingJson& json);
    MappingPath path(const std::string& text);
    /// A path to one value.
    MappingPath onePath(const MappingJson& json);

    void rules(const MappingJson& json, std::vector<MappingRule>& rules, int depth);
    MappingRule rule(const MappingJson& json, int depth);

private:
    bool boolean(const MappingJson& json);
    bool isPathOf(MappingRule& rule, const std::string& key, const MappingJson& at);
    bool isValueOf(MappingRule& rule, const std::string& key, const MappingJson& at);
    MappingValue value(const MappingJson& json, bool wantsTime);
    void valueMember(MappingValue& value, const std::string& key, const MappingJson& at, bool wantsTime);
    void textParts(const std::string& text, MappingValue& value);
    void words(const MappingJson& json, MappingValue& value);
    void usage(const MappingJson& json, MappingUsage& usage);
    void messages(const MappingJson& json, std::vector<MappingMessages>& messages, Role assumed);
    void conditions(const MappingJson& json, std::vector<MappingCondition>& conditions);
    MappingLevel level(const MappingJson& json, int depth);
    void each(const MappingJson& json, MappingLevel& level);
    void checkWords(const MappingValue& value, bool (*known)(std::string_view word), std::string_view expected);

    /// Runs `take` with a step added to the place.
    void inside(const std::string& step, const std::function<void()>& take);

    int m_levels = 0; ///< around the rule that is read
    std::string m_place;
    std::string m_problem;
};

/// A scalar as it is compared: text as it is, numbers and literals as written.
std::string scalarText(const MappingJson& json);

} // namespace arcscope
