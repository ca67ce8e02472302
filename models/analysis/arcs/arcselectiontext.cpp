#include "arcselection.h"

#include "filtervalue.h"
#include "utccalendar.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::array<std::pair<std::string_view, ArcOp>, 6> spellings{{{"!=", ArcOp::IsNot},
                                                                       {"<=", ArcOp::LessEqual},
                                                                       {">=", ArcOp::GreaterEqual},
                                                                       {"=", ArcOp::Is},
                                                                       {"<", ArcOp::Less},
                                                                       {">", ArcOp::Greater}}};

Error wrong(std::string message)
{
    return {ErrorCode::Usage, std::move(message)};
}

std::string joined(const std::vector<std::string_view>& words)
{
    std::string out;
    for (const std::string_view word : words)
        out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

/// The number for "not recorded" in a field's column.
std::int64_t missingNumber(const ArcField& field)
{
    return field.column == ArcColumn::Start ? noTime : -1;
}

/// Reads with the filter language, which knows all units.
Result<std::int64_t> readAs(FieldType type, const std::string& value)
{
    const FilterField field{"", type, {}, ""};
    FilterNode node;
    node.field = &field;
    node.text = value;
    if (const auto message = readValue(node))
        return wrong(*message);
    return node.number;
}

Result<std::int64_t> readNumber(const ArcField& field, const std::string& value)
{
    if (const std::vector<std::string_view> words = arcWords(field.kind); !words.empty()) {
        const auto found = std::find(words.begin(), words.end(), value);
        if (found == words.end())
            return wrong("“" + value + "” is not one of " + joined(words));
        return static_cast<std::int64_t>(found - words.begin());
    }
    switch (field.kind) {
    case ArcFieldKind::Duration:
        return readAs(FieldType::Duration, value);
    case ArcFieldKind::Money:
        return readAs(FieldType::Money, value);
    case ArcFieldKind::Time:
        return readAs(FieldType::Time, value);
    case ArcFieldKind::Day: {
        const Result<std::int64_t> time = readAs(FieldType::Time, value);
        if (!time || value.size() != 10)
            return wrong("“" + value + "” is not a day: 2026-01-31");
        return dayOf(*time);
    }
    case ArcFieldKind::Hour: {
        const Result<std::int64_t> hour = readAs(FieldType::Count, value);
        if (!hour || *hour < 0 || *hour > 23)
            return wrong("“" + value + "” is not an hour from 0 to 23");
        return hour;
    }
    default:
        return readAs(FieldType::Count, value);
    }
}

bool hasOrder(ArcFieldKind kind)
{
    return kind == ArcFieldKind::Count || kind == ArcFieldKind::Duration || kind == ArcFieldKind::Money ||
           kind == ArcFieldKind::Time || kind == ArcFieldKind::Hour;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    Result<ArcSelection> read()
    {
        ArcSelection selection;
        for (skipSpace(); m_at < m_text.size(); skipSpace()) {
            m_wrongAt = m_at;
            Result<ArcCondition> condition = readCondition();
            if (!condition)
                return within(condition.error(), "byte " + std::to_string(m_wrongAt));
            selection.all.push_back(std::move(condition).value());
        }
        return selection;
    }

private:
    void skipSpace()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    Error wrongHere(std::string message)
    {
        m_wrongAt = m_at;
        return wrong(std::move(message));
    }

    Result<ArcCondition> readCondition()
    {
        const std::size_t from = m_at;
        while (m_at < m_text.size() && (std::isalpha(static_cast<unsigned char>(m_text[m_at])) || m_text[m_at] == '_'))
            ++m_at;
        const std::string_view word = m_text.substr(from, m_at - from);
        if (word.empty())
            return wrongHere("expected a field, as in outcome=failed");
        const ArcField* field = arcField(word);
        if (!field) {
            std::vector<std::string_view> names;
            for (const ArcField& known : arcFields())
                names.push_back(known.name);
            return wrong("arcs have no field “" + std::string(word) + "”: there are " + joined(names));
        }
        const auto spelling = std::find_if(spellings.begin(), spellings.end(),
                                           [&](const auto& s) { return m_text.substr(m_at).starts_with(s.first); });
        if (spelling == spellings.end())
            return wrongHere("expected =, !=, <, <=, > or >= behind “" + std::string(word) + "”");
        m_at += spelling->first.size();
        std::vector<std::string> values;
        do {
            m_valueAt = m_at;
            Result<std::string> value = readValueText();
            if (!value)
                return std::move(value).error();
            values.push_back(std::move(value).value());
            // One at a time, so that the byte of the one that is wrong is known.
            if (const Result<ArcCondition> alone = arcCondition(*field, spelling->second, {values.back()}); !alone) {
                m_wrongAt = m_valueAt;
                return alone.error();
            }
        } while (m_at < m_text.size() && m_text[m_at] == ',' && ++m_at <= m_text.size());
        m_wrongAt = from;
        return arcCondition(*field, spelling->second, std::move(values));
    }

    Result<std::string> readValueText()
    {
        std::string value;
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            const std::size_t from = m_at;
            for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
                if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                    ++m_at;
                value += m_text[m_at];
            }
            if (m_at == m_text.size()) {
                m_at = from;
                return wrongHere("a quotation mark that is not closed");
            }
            ++m_at;
            if (m_at < m_text.size() && !isSpace(m_text[m_at]) && m_text[m_at] != ',')
                return wrongHere("expected a space or a comma behind the quotation mark");
            return value;
        }
        while (m_at < m_text.size() && !isSpace(m_text[m_at]) && m_text[m_at] != ',' && m_text[m_at] != '"')
            value += m_text[m_at++];
        if (value.empty())
            return wrongHere("expected a value; \"\" is “not recorded”");
        return value;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_valueAt = 0;
    std::size_t m_wrongAt = 0;
};

std::string quoted(const std::string& value)
{
    const bool plain = !value.empty() && std::none_of(value.begin(), value.end(),
                                                      [](char c) { return isSpace(c) || c == ',' || c == '"'; });
    if (plain)
        return value;
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace

Result<ArcCondition> arcCondition(const ArcField& field, ArcOp op, std::vector<std::string> values)
{
    const bool ordered = op != ArcOp::Is && op != ArcOp::IsNot;
    if (values.empty())
        return wrong("expected a value; \"\" is “not recorded”");
    if (ordered && !hasOrder(field.kind))
        return wrong("“" + std::string(field.name) + "” has no order: use = or !=");
    if (ordered && (values.size() > 1 || values.front().empty()))
        return wrong("an order needs one value");
    ArcCondition condition{&field, op, std::move(values), {}};
    if (field.kind == ArcFieldKind::Tag)
        return condition;
    for (const std::string& value : condition.values) {
        if (value.empty()) {
            condition.numbers.push_back(missingNumber(field));
            continue;
        }
        const Result<std::int64_t> number = readNumber(field, value);
        if (!number)
            return number.error();
        condition.numbers.push_back(*number);
    }
    return condition;
}

Result<ArcSelection> parseArcSelection(std::string_view text)
{
    return Reader(text).read();
}

std::string text(const ArcCondition& condition)
{
    std::string out(condition.field->name);
    for (const auto& [spelling, op] : spellings) {
        if (op == condition.op)
            out += spelling;
    }
    for (std::size_t i = 0; i < condition.values.size(); ++i)
        out += (i > 0 ? "," : "") + quoted(condition.values[i]);
    return out;
}

std::string text(const ArcSelection& selection)
{
    std::string out;
    for (const ArcCondition& condition : selection.all)
        out += (out.empty() ? "" : " ") + text(condition);
    return out;
}

} // namespace arcscope
