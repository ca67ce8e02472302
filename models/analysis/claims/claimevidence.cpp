#include "claimevidence.h"

#include "languagewords.h"
#include "proselines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace arcscope
{
namespace
{

constexpr double leastNumber = 10; ///< smaller ones are counted and chosen without any source
constexpr double leastOperand = 1;
constexpr std::size_t mostOperands = 120;
constexpr JsonIndex mostNodes = 20'000;
constexpr std::size_t mostListSums = 500;
constexpr double mostCounted = 10'000; ///< things in one sentence
constexpr std::size_t mostCounts = 20; ///< of a text

constexpr std::array<std::string_view, 11> moneyKeys{"price", "amount", "cost",   "total", "balance", "fee",
                                                     "fare",  "charge", "refund", "tax",   "paid"};

bool isMoneyKey(std::string_view key)
{
    const std::string lower = prose::lower(key);
    return std::ranges::any_of(moneyKeys, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// "a day later", "tomorrow", "next Monday"; of tools "00:30:00+1".
bool movesDates(const SaidText& said)
{
    if (said.author == ClaimAuthor::Tool)
        return said.text.find(":00+1") != std::string_view::npos;
    const std::string lower = prose::lower(said.text);
    for (const std::string_view word :
         {"later", "tomorrow", "yesterday", "day after", "day before", "next ", "earlier", "following day", "days",
          "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        if (lower.find(word) != std::string::npos)
            return true;
    }
    return false;
}

/// "92.00": a price that is written as a text.
bool isPriceText(std::string_view text)
{
    const std::size_t point = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return point != std::string_view::npos && text.size() == point + 3 && point <= 9 && digits(text.substr(0, point)) &&
           digits(text.substr(point + 1));
}

bool nearlyEqual(double a, double b)
{
    return std::abs(a - b) < 0.006;
}

} // namespace

ClaimEvidence::ClaimEvidence(TraceClaims& claims)
    : m_claims(claims)
{
    const auto texts = claims.texts();
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        const SaidText& said = texts[i];
        if (said.author == ClaimAuthor::Tool) {
            m_firstResult = std::min(m_firstResult, i);
            m_returned.add(said.text, i);
            if (m_claims.document(i)) {
                m_firstRecord = std::min(m_firstRecord, i);
                m_inRecords.add(said.text, i);
                addListSums(i);
            }
        } else if (said.author != ClaimAuthor::Model) {
            m_others.add(said.text, i);
        }
        if (said.author != ClaimAuthor::Model || said.arguments)
            m_all.add(said.text, i);
        if (said.author != ClaimAuthor::Model && said.author != ClaimAuthor::Template && movesDates(said))
            m_firstShift = std::min(m_firstShift, i);
    }
}

bool ClaimEvidence::isOfRecord(std::uint32_t text, const ClaimSentence& claim, std::size_t index) const
{
    return m_inRecords.first(claim.values[index], partOf(m_claims.texts()[text].text, bytesOf(claim, index))) < text;
}

bool ClaimEvidence::isBlind(std::uint32_t text) const
{
    if (m_claims.firstUnread() <= text || !m_claims.whole())
        return true;
    return std::ranges::any_of(m_claims.uses(), [&](const ToolUse& use) {
        const bool before = use.arguments < text && m_claims.texts()[use.arguments].row != m_claims.texts()[text].row;
        return before && (use.result == ToolUse::none || use.result > text);
    });
}

bool ClaimEvidence::isReport(std::uint32_t text) const
{
    const SaidText& said = m_claims.texts()[text];
    return said.author == ClaimAuthor::Model && !said.arguments && m_firstResult < text;
}

bool ClaimEvidence::isChecked(const ClaimSentence& claim, std::size_t index, std::string_view written)
{
    const TypedValue& value = claim.values[index];
    switch (value.type) {
    case ValueType::Ordinal:
    case ValueType::Weekday:
        return false;
    case ValueType::Date:
        return static_cast<std::int64_t>(value.number) % 100 != 0;
    case ValueType::Clock:
        return true;
    case ValueType::Identifier:
        return namesRecord(written);
    default:
        break;
    }
    if (value.bound == ValueBound::About || written.find_first_of("0123456789") == std::string_view::npos)
        return false;
    if (value.type == ValueType::Money)
        return value.number > 0;
    double most = 0; // as it is written: of "2 hours" the 2
    for (const EvidenceKey& key : evidenceKeys(written))
        most = std::max(most, key.kind == EvidenceKey::Kind::Number ? key.number : 0);
    return most >= leastNumber;
}

ValueSupport ClaimEvidence::support(std::uint32_t text, const ClaimSentence& claim, std::size_t index)
{
    TypedValue value = claim.values[index];
    const std::string_view written = partOf(m_claims.texts()[text].text, bytesOf(claim, index));
    ValueSupport found;
    found.text = m_all.first(value, written);
    if (value.range && found.text < text) {
        value.number = value.upper;
        value.range = false;
        found.text = m_all.first(value, written);
    }
    const auto texts = m_claims.texts();
    // What a model says and asks a tool for in one answer is a plan.
    const bool asks =
        found.text < texts.size() && texts[found.text].arguments && texts[found.text].row == texts[text].row;
    if (found.text < text || asks) {
        found.how = ValueSupport::How::Stated;
        return found;
    }
    found.text = ToolUse::none;
    if (isShifted(text, value)) {
        found.how = ValueSupport::How::Derived;
        found.derivation = "some days from a date that is said";
        return found;
    }
    found.derivation = derivation(text, value);
    if (!found.derivation.empty())
        found.how = ValueSupport::How::Derived;
    return found;
}

bool ClaimEvidence::isReturned(std::uint32_t text, const ClaimSentence& claim, std::size_t index) const
{
    return m_returned.first(claim.values[index], partOf(m_claims.texts()[text].text, bytesOf(claim, index))) < text;
}

bool ClaimEvidence::isSaidByOthers(std::uint32_t text, const ClaimSentence& claim, std::size_t index) const
{
    return m_others.first(claim.values[index], partOf(m_claims.texts()[text].text, bytesOf(claim, index))) < text;
}

NamedRecords& ClaimEvidence::records()
{
    if (!m_records)
        m_records.emplace(m_claims);
    return *m_records;
}

/// Within a week of a date that is said, where somebody spoke of "a day later" or "tomorrow", or a time of the next day
/// is written as "00:30+1".
bool ClaimEvidence::isShifted(std::uint32_t text, const TypedValue& value) const
{
    if (value.type != ValueType::Date || m_firstShift >= text)
        return false;
    for (int days = -7; days <= 7; ++days) {
        TypedValue other = value;
        const int whole = static_cast<int>(value.number);
        int month = whole / 100 % 100;
        int day = whole % 100 + days;
        constexpr std::array lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (day < 1) {
            month = month == 1 ? 12 : month - 1;
            day += lengths[static_cast<std::size_t>(month - 1)];
        } else if (day > lengths[static_cast<std::size_t>(month - 1)]) {
            day -= lengths[static_cast<std::size_t>(month - 1)];
            month = month == 12 ? 1 : month + 1;
        }
        other.number = month * 100 + day;
        if (m_all.first(other, {}) < text)
            return true;
    }
    return false;
}

/// Amounts that the text itself states and that have a source, and those of the last two results before it.
const std::vector<ClaimEvidence::Amount>& ClaimEvidence::amounts(std::uint32_t text)
{
    if (m_amountsOf == text)
        return m_amounts;
    m_amountsOf = text;
    m_amounts.clear();
    const auto add = [&](double number, std::string written) {
        const bool known = std::ranges::any_of(m_amounts, [&](const Amount& each) { return each.number == number; });
        if (number >= leastOperand && !known && m_amounts.size() < mostOperands)
            m_amounts.push_back({number, std::move(written)});
    };
    const auto addStated = [&](std::uint32_t of) {
        for (const ClaimSentence& claim : m_claims.sentences(of)) {
            const std::string_view all = m_claims.texts()[of].text;
            const bool sum = partOf(all, {claim.from, claim.to}).find('=') != std::string_view::npos;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const TypedValue& value = claim.values[i];
                const std::string_view written = partOf(all, bytesOf(claim, i));
                if (value.type != ValueType::Money || (!sum && m_all.first(value, written) >= of))
                    continue;
                add(value.number, std::string(written));
                if (value.range)
                    add(value.upper, std::string(written));
            }
        }
    };
    addStated(text);
    for (std::uint32_t i = text; i-- > 0;) {
        if (m_claims.texts()[i].author == ClaimAuthor::Model && !m_claims.texts()[i].arguments) {
            addStated(i);
            break;
        }
    }
    int results = 0;
    for (std::uint32_t i = text; i-- > 0 && results < 2;) {
        if (m_claims.texts()[i].author != ClaimAuthor::Tool)
            continue;
        ++results;
        JsonReading* const reading = m_claims.document(i);
        for (JsonIndex node = 0; reading && node < std::min(reading->story().size(), mostNodes); ++node) {
            const JsonKind kind = reading->kind(node);
            if (kind == JsonKind::String && isPriceText(reading->text(node))) {
                add(std::strtod(reading->text(node).c_str(), nullptr), reading->text(node));
                continue;
            }
            if (kind != JsonKind::Number || !isMoneyKey(reading->story().node(node).key))
                continue;
            if (const auto number = reading->number(node))
                add(static_cast<double>(*number), reading->text(node));
        }
    }
    addCounted(text);
    return m_amounts;
}

/// "40 bags are 3,680.00": amounts of the text that are as many times one that is known as the text itself says.
void ClaimEvidence::addCounted(std::uint32_t text)
{
    std::vector<double> counts;
    for (const ClaimSentence& claim : m_claims.sentences(text)) {
        for (const TypedValue& value : claim.values) {
            if (value.type == ValueType::Cardinal && value.number > 1 && value.number <= mostCounted &&
                value.number == std::floor(value.number) && counts.size() < mostCounts)
                counts.push_back(value.number);
        }
    }
    const std::size_t known = m_amounts.size();
    for (const ClaimSentence& claim : m_claims.sentences(text)) {
        for (const TypedValue& value : claim.values) {
            if (value.type != ValueType::Money || m_amounts.size() >= mostOperands)
                continue;
            for (const double count : counts) {
                const auto times =
                    std::find_if(m_amounts.begin(), m_amounts.begin() + static_cast<std::ptrdiff_t>(known),
                                 [&](const Amount& each) { return nearlyEqual(each.number * count, value.number); });
                if (times != m_amounts.begin() + static_cast<std::ptrdiff_t>(known)) {
                    m_amounts.push_back({value.number, std::to_string(int(count)) + " × " + times->written});
                    break;
                }
            }
        }
    }
}

/// What the numbers of one key in the objects of one list sum up to: what a trip costs, an order.
void ClaimEvidence::addListSums(std::uint32_t result)
{
    JsonReading& reading = *m_claims.document(result);
    const JsonStory& story = reading.story();
    for (JsonIndex list = 0; list < std::min(story.size(), mostNodes); ++list) {
        const JsonKind kind = story.node(list).kind;
        if ((kind == JsonKind::Array || kind == JsonKind::Object) && reading.count(list) >= leastNumber &&
            m_sizes.size() < mostListSums)
            m_sizes.emplace_back(result, static_cast<double>(reading.count(list)));
        if (kind != JsonKind::Array)
            continue;
        std::unordered_map<std::string, Amount> sums;
        const auto add = [&](const std::string& path, JsonIndex at) {
            if (const auto number = reading.kind(at) == JsonKind::Number ? reading.number(at) : std::nullopt) {
                Amount& sum = sums[path];
                sum.number += static_cast<double>(*number);
                sum.written += (sum.written.empty() ? "" : " + ") + reading.text(at);
            }
        };
        for (JsonIndex each = story.firstChild(list); each >= 0; each = story.nextSibling(each)) {
            const bool object = story.node(each).kind == JsonKind::Object;
            for (JsonIndex i = object ? story.firstChild(each) : -1; i >= 0; i = story.nextSibling(i)) {
                const std::string& key = story.node(i).key;
                if (!isMoneyKey(key))
                    continue;
                add(key, i);
                const bool several = story.node(i).kind == JsonKind::Object; // {"prices": {"economy": 172}}
                for (JsonIndex j = several ? story.firstChild(i) : -1; j >= 0; j = story.nextSibling(j))
                    add(key + '/' + story.node(j).key, j);
            }
        }
        for (auto& [key, sum] : sums) {
            if (m_listSums.size() < mostListSums)
                m_listSums.emplace_back(result, std::move(sum));
        }
    }
}

std::string ClaimEvidence::derivation(std::uint32_t text, const TypedValue& value)
{
    for (const auto& [result, size] : m_sizes) {
        if (value.type == ValueType::Cardinal && result < text && size == value.number)
            return "the size of a list";
    }
    const bool amount = value.type == ValueType::Money ||
                        (value.type == ValueType::Cardinal && value.unit.empty() && value.number >= leastNumber);
    if (!amount || value.range)
        return {};
    const std::vector<Amount>& known = amounts(text);
    for (const auto& [result, listed] : m_listSums) {
        if (result < text && nearlyEqual(listed.number, value.number))
            return listed.written;
    }
    double sum = 0;
    std::string all;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const Amount& a = known[i];
        if (a.written.find("×") != std::string::npos && nearlyEqual(a.number, value.number))
            return a.written;
        for (int times = 2; times <= 7; ++times) {
            if (nearlyEqual(a.number * times, value.number))
                return std::to_string(times) + " × " + a.written;
        }
        for (std::size_t j = i + 1; j < known.size(); ++j) {
            const Amount& b = known[j];
            if (nearlyEqual(a.number + b.number, value.number))
                return a.written + " + " + b.written;
            if (nearlyEqual(std::abs(a.number - b.number), value.number))
                return a.number > b.number ? a.written + " − " + b.written : b.written + " − " + a.written;
        }
    }
    // Everything that the text itself lists.
    int count = 0;
    for (const ClaimSentence& claim : m_claims.sentences(text)) {
        for (std::size_t i = 0; i < claim.values.size(); ++i) {
            const std::string_view each = partOf(m_claims.texts()[text].text, bytesOf(claim, i));
            if (claim.values[i].type != ValueType::Money || m_all.first(claim.values[i], each) >= text)
                continue;
            sum += claim.values[i].number;
            all += (count++ == 0 ? "" : " + ") + std::string(each);
            if (count > 2 && nearlyEqual(sum, value.number))
                return all;
        }
    }
    return {};
}

} // namespace arcscope
