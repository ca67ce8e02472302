#include "splitstrings.h"

#include "jsonrewrite.h"

#include <algorithm>

namespace arcscope
{

bool JoinedStrings::isSplit(const SensitiveRange& range) const
{
    return std::any_of(begins.begin(), begins.end(),
                       [&](const Begin& begin) { return begin.at > range.from && begin.at < range.to; });
}

void JoinedStrings::eachPart(const SensitiveRange& range,
                             const std::function<void(std::size_t scalar, const SensitiveRange& part)>& visit) const
{
    for (std::size_t i = 0; i < begins.size(); ++i) {
        const std::size_t end = i + 1 < begins.size() ? begins[i + 1].at : text.size();
        const std::size_t from = std::max(range.from, begins[i].at);
        const std::size_t to = std::min(range.to, end);
        if (from < to)
            visit(begins[i].scalar, {from - begins[i].at, to - begins[i].at});
    }
}

bool joinStrings(std::string_view json, StringsByField& into)
{
    std::size_t scalars = 0;
    return visitJson(json, [&](const JsonScalar& scalar) {
        const std::size_t number = scalars++;
        if (scalar.kind != JsonScalar::Kind::String || scalar.text.empty())
            return;
        auto field = into.find(scalar.field);
        if (field == into.end())
            field = into.emplace(scalar.field, JoinedStrings()).first;
        field->second.begins.push_back({field->second.text.size(), number});
        field->second.text += scalar.text;
    });
}

} // namespace arcscope
