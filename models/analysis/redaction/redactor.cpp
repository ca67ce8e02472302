#include "redactor.h"

#include "decodedtext.h"
#include "jsonrewrite.h"
#include "personalfields.h"
#include "scantext.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int deepestJson = 6;
constexpr int deepestDecoding = 2;
constexpr std::size_t shortestRun = 16;     ///< of digits in which values are looked for by their form
constexpr std::size_t shortestKnownRun = 8; ///< in which known values are looked for
constexpr std::size_t longestFieldValue = 300;
constexpr std::size_t longestSecret = 20'000;

bool isHexOnly(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Bytes of another notation that may be text.
bool isText(std::string_view bytes)
{
    return std::none_of(bytes.begin(), bytes.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\n' && c != '\r' && c != '\t') || code == 0x7f || code >= 0xf8;
    });
}

/// Numbers are written with different separators.
bool isNumberKind(std::string_view kind)
{
    return kind == "card" || kind == "phone" || kind == "ssn" || kind == "iban" || kind == "national-id" ||
           kind == "licence" || kind == "account";
}

} // namespace

Redactor::Redactor(RedactionRules rules)
    : m_rules(std::move(rules))
{
    for (const std::string& text : m_rules.texts)
        addValue(text, "text", "text");
    for (const std::string& subject : m_rules.subjects)
        addValue(subject, "subject", "subject");
}

void Redactor::addValue(std::string_view value, std::string_view kind, std::string_view rule)
{
    if (value.empty())
        return;
    const auto [known, isNew] = m_known.try_emplace(lowered(value), static_cast<std::uint32_t>(m_values.size()));
    if (isNew)
        m_values.push_back({std::string(value), std::string(kind), std::string(rule), kind == "name"});
    else if (m_values[known->second].exact && m_values[known->second].value != value)
        m_values[known->second].exact = false; // in two spellings
}

std::string_view Redactor::kindOfField(std::string_view field, std::string_view value) const
{
    if (field.empty() || value.size() > longestSecret || !saysSomething(value) || isPlaceholder(value))
        return {};
    for (const std::string& asked : m_rules.fields) {
        if (field == asked || (field.ends_with(asked) && field[field.size() - asked.size() - 1] == '.'))
            return "field";
    }
    if (!m_rules.personalFields)
        return {};
    const std::string_view kind = personalKindOf(sourceName(field));
    if (kind.empty() || looksLikeJson(value))
        return {};
    const bool tooLong = value.size() > (kind == "secret" ? longestSecret : longestFieldValue);
    const bool prose = (kind == "user" || kind == "name" || kind == "tenant") &&
                       (std::count(value.begin(), value.end(), ' ') > 5 || value.find('\n') != std::string_view::npos);
    return tooLong || prose ? std::string_view() : kind;
}

void Redactor::collect(std::string_view text, std::string_view field)
{
    collectScalar(text, field, 0);
}

void Redactor::collectScalar(std::string_view text, std::string_view field, int depth)
{
    if (text.empty() || (isStructural(field) && isHexOnly(text)))
        return;
    if (const std::string_view kind = kindOfField(field, text); !kind.empty()) {
        addValue(text, kind, "field " + std::string(sourceName(field)));
        return;
    }
    if (depth < deepestJson && looksLikeJson(text) && visitJson(text, [&](const JsonScalar& scalar) {
            const bool isKey = scalar.kind == JsonScalar::Kind::Key;
            collectScalar(std::string(scalar.text), isKey ? std::string_view() : std::string(scalar.field), depth + 1);
        }))
        return;
    collectText(text, depth);
}

void Redactor::collectText(std::string_view text, int depth)
{
    const auto take = [&](std::string_view bytes) {
        for (const SensitiveMatch& match : findSensitive(bytes, m_rules.asked))
            addValue(bytes.substr(match.range.from, match.range.to - match.range.from), match.by->kind, match.by->kind);
    };
    take(text);
    const auto read = [&](const DecodedText& reading) {
        if (!isText(reading.bytes))
            return;
        if (depth < deepestJson && looksLikeJson(reading.bytes))
            collectScalar(reading.bytes, {}, depth + 1);
        else
            take(reading.bytes);
    };
    eachDecoding(text, deepestDecoding, shortestRun, read, false);
}

void Redactor::seal()
{
    m_finder = {};
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const RemovedValue& one = m_values[i];
        const auto id = static_cast<std::uint32_t>(i);
        m_finder.add(one.value, id, one.exact);
        if (!isNumberKind(one.kind))
            continue;
        std::string bare;
        std::copy_if(one.value.begin(), one.value.end(), std::back_inserter(bare),
                     [](char c) { return isAsciiDigit(c) || isAsciiLetter(c); });
        constexpr std::size_t leastDigits = 7;
        if (bare != one.value && bare.size() >= leastDigits)
            m_finder.add(bare, id);
    }
    m_hidden = HiddenValues(m_finder);
}

std::vector<KnownValues::Found> Redactor::knownIn(std::string_view text) const
{
    constexpr int deepest = deepestDecoding + 1;
    if (m_finder.empty() || !m_hidden.mayHold(m_finder, text, deepest))
        return {};
    std::vector<KnownValues::Found> found = m_finder.find(text);
    eachDecoding(text, deepest, shortestKnownRun, [&](const DecodedText& reading) {
        for (KnownValues::Found hit : m_finder.find(reading.bytes, reading.whole)) {
            hit.range = {reading.from[hit.range.from], reading.to[hit.range.to - 1]};
            found.push_back(hit);
        }
    });
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.range.from < b.range.from; });
    std::vector<KnownValues::Found> apart;
    for (const KnownValues::Found& hit : found) {
        if (!apart.empty() && hit.range.from < apart.back().range.to)
            apart.back().range.to = std::max(apart.back().range.to, hit.range.to);
        else
            apart.push_back(hit);
    }
    return apart;
}

/// Names of fields may be what is struck.
std::string Redactor::told(std::string_view name) const
{
    return m_finder.find(name).empty() ? std::string(sourceName(name)) : std::string("(struck)");
}

std::string Redactor::placeholderOf(std::uint32_t id, std::size_t width, std::string_view place)
{
    RemovedValue& one = m_values[id];
    ++one.struck;
    ++m_tally[{told(one.rule), told(place)}];
    return placeholder(m_rules.key, one.kind, lowered(one.value), width);
}

std::string Redactor::struckWhole(std::string_view text, std::string_view rule, std::string_view place)
{
    if (const auto known = m_known.find(lowered(text)); known != m_known.end())
        return placeholderOf(known->second, text.size(), place);
    ++m_tally[{told(rule), told(place)}];
    return placeholder(m_rules.key, "text", lowered(text), text.size());
}

void Redactor::strikeRows(std::string_view rule, std::vector<bool> rows)
{
    m_rows.emplace_back(rule, std::move(rows));
}

std::string Redactor::ruleOfRow(Row row) const
{
    for (const auto& [rule, rows] : m_rows) {
        if (row < rows.size() && rows[row])
            return rule;
    }
    return {};
}

bool Redactor::strike(std::string& text, std::string_view field, std::string_view place)
{
    std::string changed;
    if (!strikeScalar(text, field, place, 0, changed))
        return false;
    text = std::move(changed);
    return true;
}

bool Redactor::strikeScalar(std::string_view text, std::string_view field, std::string_view place, int depth,
                            std::string& changed)
{
    if (text.empty() || (isStructural(field) && isHexOnly(text)))
        return false;
    if (const std::string_view kind = kindOfField(field, text); !kind.empty()) {
        if (const auto known = m_known.find(lowered(text)); known != m_known.end()) {
            changed = placeholderOf(known->second, text.size(), place);
            return true;
        }
    }
    if (depth < deepestJson && looksLikeJson(text)) {
        bool any = false;
        std::string rewritten;
        const auto change = [&](const JsonScalar& scalar, std::string& into) {
            const bool isKey = scalar.kind == JsonScalar::Kind::Key;
            const std::string inner(scalar.text);
            const std::string name(isKey ? std::string_view() : scalar.field);
            const bool struck = strikeScalar(inner, name, place.empty() ? name : place, depth + 1, into);
            any = any || struck;
            return struck;
        };
        if (rewriteJson(text, change, rewritten)) {
            changed = std::move(rewritten);
            return any;
        }
    }
    const std::vector<KnownValues::Found> found = knownIn(text);
    if (found.empty())
        return false;
    changed.clear();
    std::size_t copied = 0;
    for (const KnownValues::Found& hit : found) {
        changed.append(text, copied, hit.range.from - copied);
        changed += placeholderOf(hit.id, hit.range.to - hit.range.from, place.empty() ? "text" : place);
        copied = hit.range.to;
    }
    changed.append(text, copied);
    return true;
}

std::uint64_t Redactor::struck() const
{
    std::uint64_t sum = 0;
    for (const auto& [where, count] : m_tally)
        sum += count;
    return sum;
}

} // namespace arcscope
