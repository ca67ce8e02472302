#include "redactor.h"

#include "decodedtext.h"
#include "jsonescape.h"
#include "jsonrewrite.h"
#include "personalfields.h"
#include "scantext.h"
#include "splitstrings.h"
#include "textnotations.h"
#include "valueforms.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int deepestJson = 6;
constexpr int deepestDecoding = 2;
constexpr int deepestHeld = 3;                         ///< packed in packed
constexpr std::size_t mostHeld = std::size_t{4} << 20; ///< bytes that are looked at of each; the check looks at all
constexpr std::size_t shortestRun = 16;                ///< of digits in which values are looked for by their form
constexpr std::size_t shortestKnownRun = 8;            ///< in which known values are looked for
constexpr std::size_t longestFieldValue = 300;
constexpr std::size_t longestSecret = 20'000;

/// What is told by its form also where strings are joined or between bytes of no text: numbers beside numbers look like
/// others.
bool isToldAnywhere(std::string_view kind)
{
    return kind == "email" || kind == "key" || kind == "jwt" || kind == "private-key";
}

std::vector<const Recognizer*> toldAnywhere(const std::vector<const Recognizer*>& asked)
{
    std::vector<const Recognizer*> told;
    std::copy_if(asked.begin(), asked.end(), std::back_inserter(told),
                 [](const Recognizer* one) { return isToldAnywhere(one->kind); });
    return told;
}

/// In the form of OTLP.
bool isTraceId(std::string_view text)
{
    return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) { return hexValue(c) >= 0; });
}

TextUse useOf(const JsonScalar& scalar)
{
    if (scalar.kind == JsonScalar::Kind::Key || scalar.field == "key")
        return TextUse::Name;
    return isVocabulary(scalar.field) && isPlainWord(scalar.text) ? TextUse::Word : TextUse::Prose;
}

/// In order; of those that overlap one that has all of their ranges.
std::vector<KnownValues::Found> apart(std::vector<KnownValues::Found> found)
{
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.range.from < b.range.from; });
    std::vector<KnownValues::Found> made;
    for (const KnownValues::Found& hit : found) {
        if (!made.empty() && hit.range.from < made.back().range.to)
            made.back().range.to = std::max(made.back().range.to, hit.range.to);
        else
            made.push_back(hit);
    }
    return made;
}

} // namespace

/// What is struck as one text.
struct Redactor::Scalar {
    std::string_view text;
    std::string_view field;
    TextUse use = TextUse::Prose;
    const std::vector<KnownValues::Found>* split = nullptr; ///< parts of values that go on in other strings
};

LookedFor RemovedValue::lookedFor() const
{
    return beginsPaths                             ? LookedFor::Beginnings
           : value.size() >= KnownValues::shortest ? LookedFor::Everywhere
           : BriefValues::takes(value)             ? LookedFor::WholeWords
                                                   : LookedFor::Nowhere;
}

Redactor::Redactor(RedactionRules rules)
    : m_rules(std::move(rules))
{
    for (const std::string& text : m_rules.texts)
        addValue(text, "text", "text");
    for (const std::string& subject : m_rules.subjects) {
        addValue(subject, "subject", "subject");
        for (const std::string& part : partsOfName(subject))
            addValue(part, "name", "subject");
    }
}

void Redactor::addValue(std::string_view value, std::string_view kind, std::string_view rule)
{
    if (value.empty())
        return;
    const auto [known, isNew] = m_known.try_emplace(lowered(value), static_cast<std::uint32_t>(m_values.size()));
    if (isNew) {
        RemovedValue one;
        one.value = value;
        one.kind = kind;
        one.rule = rule;
        one.exact = kind == "name";
        m_values.push_back(std::move(one));
    } else if (m_values[known->second].value != value) {
        m_values[known->second].exact = false;
        m_values[known->second].inTwoSpellings = true;
    }
}

void Redactor::addFolder(std::string_view folder)
{
    const std::size_t named = folder.find_first_not_of("./");
    if (named == std::string_view::npos)
        return;
    const bool isNew = !m_known.contains(lowered(folder));
    addValue(folder, "folder", folderRule);
    const std::uint32_t id = m_known.at(lowered(folder));
    if (folder.find('/', named) == std::string_view::npos && (isNew || m_values[id].beginsPaths)) {
        m_values[id].beginsPaths = true;
        m_folders.emplace(folder, id);
    }
}

/// A folder of one name at the beginning of a path.
void Redactor::addPathBegin(std::string_view text, std::vector<KnownValues::Found>& found) const
{
    constexpr std::size_t longest = 256;
    const std::size_t named = m_folders.empty() ? std::string_view::npos : text.find_first_not_of("./");
    const std::size_t end = named == std::string_view::npos ? named : text.substr(0, longest).find('/', named);
    if (end == std::string_view::npos)
        return;
    if (const auto folder = m_folders.find(text.substr(0, end)); folder != m_folders.end())
        found.push_back({{0, end}, folder->second});
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
    if (text.empty() || isStructural(field, text))
        return;
    if (const std::string_view kind = kindOfField(field, text); !kind.empty()) {
        const std::string rule = "field " + std::string(sourceName(field));
        addValue(text, kind, rule);
        for (const std::string& part : kind == "name" ? partsOfName(text) : std::vector<std::string>())
            addValue(part, kind, rule);
        return;
    }
    if (depth < deepestJson && looksLikeJson(text) && visitJson(text, [&](const JsonScalar& scalar) {
            const bool isKey = scalar.kind == JsonScalar::Kind::Key;
            const std::string name(isKey ? std::string_view() : scalar.field);
            collectScalar(std::string(scalar.text), name, depth + 1);
        })) {
        collectSplit(text);
        return;
    }
    collectText(text, depth);
}

/// Values that are split over strings of one field; where their beginning is a value itself, the rest is another text.
void Redactor::collectSplit(std::string_view json)
{
    const std::vector<const Recognizer*> asked = toldAnywhere(m_rules.asked);
    StringsByField fields;
    joinStrings(json, fields);
    for (const auto& [field, strings] : fields) {
        if (strings.begins.size() < 2 || field == "key" || isVocabulary(field))
            continue;
        for (const SensitiveMatch& match : findSensitive(strings.text, asked)) {
            if (!strings.isSplit(match.range))
                continue;
            std::size_t end = match.range.to; // of its first part
            for (const JoinedStrings::Begin& begin : strings.begins) {
                if (begin.at > match.range.from)
                    end = std::min(end, begin.at);
            }
            const auto part = [&, &text = strings.text](std::size_t to) {
                return std::string_view(text).substr(match.range.from, to - match.range.from);
            };
            if (!m_known.contains(lowered(part(end))))
                addValue(part(match.range.to), match.by->kind, match.by->kind);
        }
    }
}

void Redactor::collectText(std::string_view text, int depth)
{
    const auto takeOf = [&](std::string_view bytes, const std::vector<const Recognizer*>& asked) {
        for (const SensitiveMatch& match : findSensitive(bytes, asked))
            addValue(bytes.substr(match.range.from, match.range.to - match.range.from), match.by->kind, match.by->kind);
    };
    const auto take = [&](std::string_view bytes) { takeOf(bytes, m_rules.asked); };
    take(text);
    const auto held = [&](std::string_view all, std::size_t, std::size_t) {
        const std::string_view bytes = all.substr(0, mostHeld);
        if (isText(bytes))
            collectScalar(bytes, {}, depth + 1);
        else
            eachTextIn(bytes, [&](std::string_view said) { takeOf(said, toldAnywhere(m_rules.asked)); });
    };
    const auto read = [&](const DecodedText& reading) {
        if (!isText(reading.bytes))
            eachTextIn(reading.bytes, [&](std::string_view said) { takeOf(said, toldAnywhere(m_rules.asked)); });
        else if (depth < deepestJson && looksLikeJson(reading.bytes))
            collectScalar(reading.bytes, {}, depth + 1);
        else
            take(reading.bytes);
        if (reading.whole && depth < deepestJson)
            eachHeldInDigits(reading.bytes, m_rules.unpack, held);
    };
    eachDecoding(text, deepestDecoding, shortestRun, read, false);
    if (depth < deepestJson)
        eachHeldInDigits(text, m_rules.unpack, held);
}

void Redactor::seal()
{
    m_finder = {};
    m_brief = {};
    m_hashed = {};
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const RemovedValue& one = m_values[i];
        const auto id = static_cast<std::uint32_t>(i);
        if (one.beginsPaths)
            continue;
        if (one.lookedFor() == LookedFor::WholeWords)
            m_brief.add(one.value, id, one.kind != "text" && one.kind != "subject" && !one.inTwoSpellings);
        for (const std::string& form : writtenForms(one.value, one.kind, one.exact))
            m_finder.add(form, id, one.exact);
        if (one.lookedFor() != LookedFor::Nowhere)
            m_hashed.add(one.value, id);
    }
    m_hidden = HiddenValues(m_finder);
}

void Redactor::addBrief(std::string_view text, std::vector<KnownValues::Found>& found) const
{
    const auto plain = m_brief.find(text);
    found.insert(found.end(), plain.begin(), plain.end());
    eachDecoding(text, deepestDecoding, shortestRun, [&](const DecodedText& reading) {
        if (!reading.whole && !hasText(reading.bytes))
            return;
        for (KnownValues::Found hit : m_brief.find(reading.bytes)) {
            hit.range = {reading.from[hit.range.from], reading.to[hit.range.to - 1]};
            found.push_back(hit);
        }
    });
}

/// Values in what digits hold packed, as long as all the digits; those that are found byte by byte are not told again.
void Redactor::addHeld(std::string_view text, int depth, std::vector<KnownValues::Found>& found) const
{
    const std::size_t plain = found.size();
    const auto isKnown = [&](const KnownValues::Found& hit, const SensitiveRange& digits) {
        return std::any_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(plain), [&](const auto& other) {
            return other.id == hit.id && other.range.from >= digits.from && other.range.to <= digits.to;
        });
    };
    eachHeldInDigits(text, m_rules.unpack, [&](std::string_view held, std::size_t from, std::size_t to) {
        for (const KnownValues::Found& hit : knownIn(held.substr(0, mostHeld), TextUse::Prose, depth + 1)) {
            if (!isKnown(hit, {from, to}))
                found.push_back({{from, to}, hit.id});
        }
    });
}

std::vector<KnownValues::Found> Redactor::knownIn(std::string_view text, TextUse use) const
{
    return knownIn(text, use, 0);
}

std::vector<KnownValues::Found> Redactor::knownIn(std::string_view text, TextUse use, int depth) const
{
    constexpr int deepest = deepestDecoding + 1;
    std::vector<KnownValues::Found> found = m_hashed.find(text);
    if (!m_finder.empty() && m_hidden.mayHold(m_finder, text, deepest)) {
        const auto plain = m_finder.find(text);
        found.insert(found.end(), plain.begin(), plain.end());
        eachDecoding(text, deepest, shortestKnownRun, [&](const DecodedText& reading) {
            for (KnownValues::Found hit : m_finder.find(reading.bytes, reading.whole)) {
                hit.range = {reading.from[hit.range.from], reading.to[hit.range.to - 1]};
                found.push_back(hit);
            }
        });
    }
    if (!m_brief.empty() && (use == TextUse::Prose || (use == TextUse::Name && m_brief.holds(text))))
        addBrief(text, found);
    if (depth < deepestHeld && !m_values.empty()) {
        addHeld(text, depth, found);
        if (mayHidePacked(text))
            eachDecoding(text, 1, text.size() + 1, [&](const DecodedText& reading) {
                std::vector<KnownValues::Found> held;
                addHeld(reading.bytes, depth, held);
                for (KnownValues::Found hit : held) {
                    hit.range = {reading.from[hit.range.from], reading.to[hit.range.to - 1]};
                    found.push_back(hit);
                }
            });
    }
    return apart(std::move(found));
}

std::string Redactor::told(std::string_view name) const
{
    constexpr std::string_view ofField = "field ";
    const std::string_view field = name.starts_with(ofField) ? name.substr(ofField.size()) : name;
    const bool isGiven = name.starts_with("filter ") || name.starts_with("tag ");
    const bool says = !m_finder.find(name).empty() || (isGiven ? !m_brief.find(name).empty() : m_brief.holds(field));
    return says ? std::string("(struck)") : std::string(sourceName(name));
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
    if (!strikeScalar({text, field}, place, 0, changed))
        return false;
    text = std::move(changed);
    return true;
}

/// `any`: something was struck. False where it is no JSON.
bool Redactor::strikeJson(const Scalar& scalar, std::string_view place, int depth, std::string& changed, bool& any)
{
    std::map<std::size_t, std::vector<KnownValues::Found>> split;
    StringsByField fields;
    if (!joinStrings(scalar.text, fields))
        return false;
    for (const auto& [field, strings] : fields) {
        if (strings.begins.size() < 2)
            continue;
        for (const KnownValues::Found& hit : m_finder.find(strings.text)) {
            if (strings.isSplit(hit.range))
                strings.eachPart(hit.range, [&](std::size_t number, const SensitiveRange& part) {
                    split[number].push_back({part, hit.id});
                });
        }
    }
    std::size_t number = 0;
    std::string rewritten;
    const auto change = [&](const JsonScalar& inner, std::string& into) {
        const std::string text(inner.text);
        const std::string name(inner.kind == JsonScalar::Kind::Key ? std::string_view() : inner.field);
        const auto parts = split.find(number++);
        const bool struck = strikeScalar({text, name, useOf(inner), parts == split.end() ? nullptr : &parts->second},
                                         place.empty() ? name : place, depth + 1, into);
        any = any || struck;
        return struck;
    };
    if (!rewriteJson(scalar.text, change, rewritten))
        return false;
    changed = std::move(rewritten);
    return true;
}

bool Redactor::isDigestId(std::string_view text, const SensitiveRange& range) const
{
    const bool isId = range == SensitiveRange{0, text.size()} || text.substr(0, range.from).ends_with("trace:");
    return isId && isTraceId(text.substr(range.from, range.to - range.from)) &&
           !m_hashed.find(text.substr(range.from, range.to - range.from)).empty();
}

std::string Redactor::insteadOf(std::string_view text, const KnownValues::Found& hit, std::string_view place)
{
    const std::size_t width = hit.range.to - hit.range.from;
    std::string made = placeholderOf(hit.id, width, place);
    if (isDigestId(text, hit.range))
        return otherDigits(m_rules.key, lowered(text.substr(hit.range.from, width)));
    return made;
}

bool Redactor::strikeScalar(const Scalar& scalar, std::string_view place, int depth, std::string& changed)
{
    const std::string_view text = scalar.text;
    if (text.empty() || (isStructural(scalar.field, text) && !isDigestId(text, {0, text.size()})))
        return false;
    if (const std::string_view kind = kindOfField(scalar.field, text); !kind.empty()) {
        if (const auto known = m_known.find(lowered(text)); known != m_known.end()) {
            changed = placeholderOf(known->second, text.size(), place);
            return true;
        }
    }
    bool any = false;
    if (depth < deepestJson && looksLikeJson(text) && strikeJson(scalar, place, depth, changed, any))
        return any;
    std::vector<KnownValues::Found> found = knownIn(text, scalar.use);
    const std::size_t known = found.size();
    if (scalar.split)
        found.insert(found.end(), scalar.split->begin(), scalar.split->end());
    addPathBegin(text, found);
    if (found.size() > known)
        found = apart(std::move(found));
    if (found.empty())
        return false;
    changed.clear();
    std::size_t copied = 0;
    for (const KnownValues::Found& hit : found) {
        changed.append(text, copied, hit.range.from - copied);
        changed += insteadOf(text, hit, place.empty() ? "text" : place);
        copied = hit.range.to;
    }
    changed.append(text, copied);
    return true;
}

std::uint64_t Redactor::struck() const
{
    std::uint64_t sum = 0;
    for (const auto& [where, count] : m_tally)
        sum += where.first == folderRule ? 0 : count;
    return sum;
}

std::uint64_t Redactor::struckFolders() const
{
    std::uint64_t sum = 0;
    for (const auto& [where, count] : m_tally)
        sum += where.first == folderRule ? count : 0;
    return sum;
}

} // namespace arcscope
