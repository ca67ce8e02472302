#include "splitvalues.h"

#include "jsonrewrite.h"
#include "personalfields.h"
#include "splitstrings.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

/// By the number of the string, as visitJson() counts.
using Parts = std::map<std::size_t, std::vector<KnownValues::Found>>;
using Strings = std::map<std::size_t, std::string>;

/// Only what is beside the seams is looked at: strings have been struck each for itself.
std::size_t addParts(const JoinedStrings& strings, const KnownValues& known, Parts& parts)
{
    const std::size_t reach = known.longest() + 4; // and the edges of words
    std::size_t values = 0;
    std::size_t done = 0;
    for (std::size_t i = 1; i < strings.begins.size(); ++i) {
        const std::size_t from = std::max(done, strings.begins[i].at - std::min(strings.begins[i].at, reach));
        std::size_t to = strings.begins[i].at + reach;
        for (; i + 1 < strings.begins.size() && strings.begins[i + 1].at < to + reach; ++i)
            to = strings.begins[i + 1].at + reach;
        for (KnownValues::Found hit : known.find(std::string_view(strings.text).substr(from, to - from))) {
            hit.range = {hit.range.from + from, hit.range.to + from};
            if (!strings.isSplit(hit.range))
                continue;
            ++values;
            done = hit.range.to;
            strings.eachPart(hit.range, [&](std::size_t number, const SensitiveRange& part) {
                parts[number].push_back({part, hit.id});
            });
        }
    }
    return values;
}

std::string withoutParts(std::string_view text, const std::vector<KnownValues::Found>& parts, std::string_view field,
                         Redactor& redactor)
{
    std::string changed(text);
    for (const KnownValues::Found& part : parts) {
        const std::size_t width = part.range.to - part.range.from;
        changed.replace(part.range.from, width, redactor.placeholderOf(part.id, width, field));
    }
    return changed;
}

JsonChange striking(const Parts& parts, std::size_t& number, Redactor& redactor)
{
    return [&parts, &number, &redactor](const JsonScalar& scalar, std::string& into) {
        const auto found = parts.find(number++);
        if (found == parts.end() || isStructural(scalar.field, scalar.text))
            return false;
        into = withoutParts(scalar.text, found->second, scalar.field, redactor);
        return true;
    };
}

/// Strings of one field that are all JSON: what is split over the strings in them.
std::size_t strikeInside(const JoinedStrings& strings, Redactor& redactor, Strings& changed)
{
    StringsByField inner;
    if (!looksLikeJson(strings.text) || !joinStrings(strings.text, inner))
        return 0;
    Parts parts;
    std::size_t values = 0;
    for (const auto& [field, joined] : inner)
        values += addParts(joined, redactor.finder(), parts);
    if (values == 0)
        return 0;
    std::size_t number = 0;
    const JsonChange change = striking(parts, number, redactor);
    for (std::size_t i = 0; i < strings.begins.size(); ++i) {
        const std::size_t to = i + 1 < strings.begins.size() ? strings.begins[i + 1].at : strings.text.size();
        const std::string_view one = std::string_view(strings.text).substr(strings.begins[i].at);
        std::string rewritten;
        if (rewriteJson(one.substr(0, to - strings.begins[i].at), change, rewritten))
            changed[strings.begins[i].scalar] = std::move(rewritten);
    }
    return values;
}

} // namespace

std::size_t strikeSplit(std::string& json, Redactor& redactor)
{
    StringsByField fields;
    if (redactor.finder().empty() || !joinStrings(json, fields))
        return 0;
    Parts parts;
    Strings changed;
    std::size_t values = 0;
    for (const auto& [field, strings] : fields) {
        values += addParts(strings, redactor.finder(), parts);
        values += strikeInside(strings, redactor, changed);
    }
    if (values == 0)
        return 0;
    std::size_t number = 0;
    std::size_t direct = 0;
    const JsonChange strike = striking(parts, direct, redactor);
    std::string rewritten;
    const auto change = [&](const JsonScalar& scalar, std::string& into) {
        const auto whole = changed.find(number++);
        if (strike(scalar, into))
            return true;
        if (whole != changed.end())
            into = whole->second;
        return whole != changed.end();
    };
    if (!rewriteJson(json, change, rewritten))
        return 0;
    json = std::move(rewritten);
    return values;
}

} // namespace arcscope
