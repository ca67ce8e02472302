#include "mappingpath.h"

#include "jsontext.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::string_view reserved = ".[]{}\"^$@";
constexpr std::size_t longestIndex = 9; ///< digits

class PathReader
{
public:
    explicit PathReader(std::string_view text)
        : m_text(text)
    {
    }

    Result<MappingPath> read()
    {
        if (m_text.empty())
            return wrong("a path; \".\" is the record itself");
        if (m_text == ".")
            return m_path;
        if (m_text.front() == '@')
            return readWord();
        if (m_text.front() == '$') {
            m_path.base = MappingPath::Base::Document;
            ++m_at;
        }
        while (m_path.base == MappingPath::Base::Element && at('^')) {
            ++m_path.up;
            ++m_at;
        }
        if (auto done = readSteps(); !done)
            return done.error();
        if (m_path.base == MappingPath::Base::Document &&
            (m_path.steps.empty() || m_path.steps.front().kind != MappingStep::Kind::Key))
            return wrong("the name of a member behind \"$.\"");
        return m_path;
    }

private:
    bool at(char c) const { return m_at < m_text.size() && m_text[m_at] == c; }

    Error wrong(std::string_view expected) const
    {
        return {ErrorCode::Malformed, "path \"" + std::string(m_text) + "\", column " + std::to_string(m_at + 1) +
                                          ": expected " + std::string(expected)};
    }

    Result<MappingPath> readWord()
    {
        if (m_text == "@key")
            m_path.base = MappingPath::Base::Key;
        else if (m_text == "@number")
            m_path.base = MappingPath::Base::Number;
        else if (m_text == "@file")
            m_path.base = MappingPath::Base::File;
        else
            return wrong("@key, @number or @file");
        return m_path;
    }

    Result<void> readSteps()
    {
        bool first = m_path.up == 0 && m_path.base == MappingPath::Base::Element;
        if (first && at('.'))
            return wrong("a name in front of the dot");
        while (m_at < m_text.size()) {
            if (m_path.steps.size() >= maxMappingSteps)
                return wrong("no more than " + std::to_string(maxMappingSteps) + " steps");
            Result<void> done;
            if (at('['))
                done = readElements();
            else if (at('{'))
                done = readMembers();
            else
                done = readKey(first);
            if (!done)
                return done;
            first = false;
        }
        return {};
    }

    Result<void> readElements()
    {
        const std::size_t close = m_text.find(']', m_at);
        if (close == std::string_view::npos)
            return wrong("a ] behind the [");
        const std::string_view digits = m_text.substr(m_at + 1, close - m_at - 1);
        MappingStep step{MappingStep::Kind::Elements, {}, 0};
        if (!digits.empty()) {
            const bool number = digits.size() <= longestIndex &&
                                std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (!number)
                return wrong("[] for each element, or [0] for the first");
            step = {MappingStep::Kind::Index, {}, static_cast<std::size_t>(*readInteger(digits))};
        }
        m_path.steps.push_back(std::move(step));
        m_at = close + 1;
        return {};
    }

    Result<void> readMembers()
    {
        if (m_text.substr(m_at, 2) != "{}")
            return wrong("{} for each member");
        m_path.steps.push_back({MappingStep::Kind::Members, {}, 0});
        m_at += 2;
        return {};
    }

    Result<void> readKey(bool first)
    {
        if (!first) {
            if (!at('.'))
                return wrong("a dot between steps");
            ++m_at;
        }
        if (at('"'))
            return readQuoted();
        const std::size_t end = std::min(m_text.find_first_of(reserved, m_at), m_text.size());
        if (end == m_at)
            return wrong("a name (in double quotes where it has one of " + std::string(reserved) + ")");
        m_path.steps.push_back({MappingStep::Kind::Key, std::string(m_text.substr(m_at, end - m_at)), 0});
        m_at = end;
        return {};
    }

    Result<void> readQuoted()
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != '"')
            end += m_text[end] == '\\' ? 2 : 1;
        if (end >= m_text.size())
            return wrong("a closing double quote");
        m_path.steps.push_back({MappingStep::Kind::Key, unescapedJson(m_text.substr(m_at + 1, end - m_at - 1)), 0});
        m_at = end + 1;
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    MappingPath m_path;
};

/// Escapes what ends a quoted name, and nothing else.
std::string quoted(std::string_view key)
{
    std::string text = "\"";
    for (const char c : key) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    return text + '"';
}

} // namespace

bool MappingPath::isMany() const
{
    return std::any_of(steps.begin(), steps.end(), [](const MappingStep& step) {
        return step.kind == MappingStep::Kind::Elements || step.kind == MappingStep::Kind::Members;
    });
}

Result<MappingPath> parseMappingPath(std::string_view text)
{
    return PathReader(text).read();
}

std::string mappingPathText(const MappingPath& path)
{
    switch (path.base) {
    case MappingPath::Base::Key:
        return "@key";
    case MappingPath::Base::Number:
        return "@number";
    case MappingPath::Base::File:
        return "@file";
    default:
        break;
    }
    std::string text(static_cast<std::size_t>(path.up), '^');
    if (path.base == MappingPath::Base::Document)
        text = "$";
    for (const MappingStep& step : path.steps) {
        switch (step.kind) {
        case MappingStep::Kind::Key: {
            const bool plain = !step.key.empty() && step.key.find_first_of(reserved) == std::string::npos;
            text += text.empty() ? "" : ".";
            text += plain ? step.key : quoted(step.key);
            break;
        }
        case MappingStep::Kind::Index:
            text += '[' + std::to_string(step.index) + ']';
            break;
        case MappingStep::Kind::Elements:
            text += "[]";
            break;
        case MappingStep::Kind::Members:
            text += "{}";
            break;
        }
    }
    return text.empty() ? "." : text;
}

} // namespace arcscope
