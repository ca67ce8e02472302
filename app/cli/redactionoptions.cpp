#include "redactionoptions.h"

#include <algorithm>

namespace arcscope
{

std::vector<std::string> valuesOf(const Options& options, std::string_view name)
{
    std::vector<std::string> values;
    const std::string all = options.get(name);
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find(',', at), all.size());
        std::string one = all.substr(at, end - at);
        one.erase(0, std::min(one.find_first_not_of(' '), one.size()));
        if (!one.empty())
            values.push_back(std::move(one));
        at = end + 1;
    }
    return values;
}

Result<RedactionRules> redactionRulesOf(const Options& options)
{
    RedactionRules rules;
    const auto known = [](const std::string& kind) -> Result<const Recognizer*> {
        if (const Recognizer* one = recognizerOf(kind))
            return one;
        std::string kinds;
        for (const Recognizer& one : recognizers())
            kinds.append(kinds.empty() ? "" : ", ").append(one.kind);
        return Error{ErrorCode::Usage, "no kind of value is called " + kind + "; there are " + kinds};
    };
    for (const std::string& kind : valuesOf(options, alsoOption.name)) {
        const auto one = known(kind);
        if (!one)
            return one.error();
        if (std::find(rules.asked.begin(), rules.asked.end(), *one) == rules.asked.end())
            rules.asked.push_back(*one);
    }
    for (const std::string& kind : valuesOf(options, keepOption.name)) {
        const auto one = known(kind);
        if (!one)
            return one.error();
        rules.asked.erase(std::remove(rules.asked.begin(), rules.asked.end(), *one), rules.asked.end());
    }
    rules.personalFields = !options.has(keepFieldsOption.name);
    rules.fields = valuesOf(options, strikeFieldOption.name);
    rules.texts = valuesOf(options, strikeOption.name);
    rules.subjects = valuesOf(options, subjectOption.name);
    return rules;
}

} // namespace arcscope
