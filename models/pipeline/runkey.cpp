#include "runkey.h"

#include "finding.h"
#include "spancontent.h"
#include "workspace.h"

#include <optional>
#include <regex>

namespace arcscope
{
namespace
{

constexpr std::size_t mostBytes = 1'000;
constexpr std::size_t valueBytes = 240;

/// A pattern comes with a workspace of any origin, and values with any trace: none may take forever.
constexpr auto patternFlags = std::regex::ECMAScript
#ifdef __GLIBCXX__
                              | std::regex_constants::__polynomial
#endif
    ;

/// Whether a repetition or a back reference has a number that std::regex, which does not check it, cannot hold.
bool countsTooFar(std::string_view pattern)
{
    constexpr std::size_t mostDigits = 6;
    const auto digitsFrom = [pattern](std::size_t at) {
        const std::size_t end = std::min(pattern.find_first_not_of("0123456789", at), pattern.size());
        return end - std::min(at, end);
    };
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '{' && pattern[at] != '\\')
            continue;
        const std::size_t first = digitsFrom(at + 1);
        const std::size_t comma = at + 1 + first;
        const bool second = pattern[at] == '{' && comma < pattern.size() && pattern[comma] == ',';
        if (first > mostDigits || (second && digitsFrom(comma + 1) > mostDigits))
            return true;
    }
    return false;
}

std::optional<SpanText> spanTextNamed(std::string_view wanted)
{
    for (int i = 0; i < spanTextCount; ++i) {
        if (name(static_cast<SpanText>(i)) == wanted)
            return static_cast<SpanText>(i);
    }
    return std::nullopt;
}

} // namespace

struct RunKey::Pattern {
    std::regex expression;
};

Result<RunKey> RunKey::read(std::string_view text)
{
    if (text.size() > mostBytes)
        return Error{ErrorCode::Usage, "what runs are paired or split by is longer than 1,000 bytes"};
    RunKey key;
    const std::size_t tilde = text.find('~');
    std::string_view fields = text.substr(0, tilde);
    while (true) {
        const std::size_t plus = fields.find('+');
        if (fields.substr(0, plus).empty())
            return Error{ErrorCode::Usage, "“" + std::string(text) + "” names no field"};
        key.m_fields.emplace_back(fields.substr(0, plus));
        if (plus == fields.npos)
            break;
        fields.remove_prefix(plus + 1);
    }
    if (tilde == text.npos)
        return key;
    const std::string pattern(text.substr(tilde + 1));
    if (countsTooFar(pattern))
        return Error{ErrorCode::Usage, "“" + pattern + "” repeats more often than can be counted"};
    try {
        key.m_pattern = std::make_shared<const Pattern>(Pattern{std::regex(pattern, patternFlags)});
    } catch (const std::regex_error& error) {
        return Error{ErrorCode::Usage, "“" + pattern + "” is no regular expression: " + error.what()};
    }
    return key;
}

Result<std::string> RunKey::valueOf(const FieldValue& fieldValue) const
{
    std::string joined;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const auto recorded = fieldValue(m_fields[i]);
        if (!recorded)
            return recorded.error();
        std::string value = quoted(*recorded, mostBytes);
        if (m_pattern && i + 1 == m_fields.size()) {
            std::smatch found;
            try {
                if (!std::regex_search(value, found, m_pattern->expression))
                    return std::string();
            } catch (const std::regex_error&) { // too much to try
                return std::string();
            }
            value = found[found.size() > 1 && found[1].matched ? 1 : 0].str();
        }
        if (value.empty())
            return std::string();
        joined += (joined.empty() ? "" : ", ") + quoted(value, valueBytes);
    }
    return joined;
}

Result<std::string> fieldOfRun(Workspace& workspace, const Corpus& corpus, std::span<const std::uint32_t> traces,
                               const std::string& field)
{
    const std::optional<SpanText> text = spanTextNamed(field);
    for (const std::uint32_t trace : traces) {
        const std::vector<Row> rows = corpus.rowsOf(trace);
        if (text) {
            for (const Row row : rows) {
                if (const std::string_view value = corpus.text(*text, row); !value.empty())
                    return std::string(value);
            }
        } else if (!rows.empty()) {
            const auto details = loadDetails(workspace, corpus, rows.front());
            if (!details)
                return details.error();
            for (const Attribute& attribute : details->content.attributes) {
                if (attribute.key == field)
                    return attribute.value;
            }
            return std::string();
        }
    }
    return std::string();
}

} // namespace arcscope
