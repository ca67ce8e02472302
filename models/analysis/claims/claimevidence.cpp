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
constexpr int mostTimes = 7;           ///< what one costs, for several

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
    for (const std::string_view word : {"later", "tomorrow", "yesterday", "day after", "day before", "next ", "earlier",
                                        "following day", "days", "monday", "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday", "one day", "by a day", "a day early"}) {
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
    const bool asked = std::ranges::any_of(texts, [](const SaidText& said) {
        return said.author == ClaimAuthor::User || said.author == ClaimAuthor::Template;
    });
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
        const SaidText& said = texts[i];
        // Where nobody else asks, agents talk to each other, and the first words hand out the task.
        if (i == 0 && !asked && said.author == ClaimAuthor::Model)
            m_all.add(said.text, i);
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
    const auto worth = std::pair(value.type, value.number);
    if (const auto before = m_derived.find(worth); found.derivation.empty() && before != m_derived.end()) {
        if (before->second < text)
            found.derivation = "derived in an earlier answer";
    }
    if (!found.derivation.empty()) {
        found.how = ValueSupport::How::Derived;
        m_derived.try_emplace(worth, text);
    }
    return found;
}

std::string ClaimEvidence::mayFollow(std::uint32_t text, const TypedValue& value)
{
    constexpr std::size_t mostFields = 2'000;
    std::vector<Amount> stated;
    for (const ClaimSentence& claim : m_claims.sentences(text)) {
        for (std::size_t i = 0; i < claim.values.size() && stated.size() < mostOperands; ++i) {
            const std::string_view written = partOf(m_claims.texts()[text].text, bytesOf(claim, i));
            if (claim.values[i].type == ValueType::Money && m_all.first(claim.values[i], written) < text)
                stated.push_back({claim.values[i].number, std::string(written)});
        }
    }
    std::size_t fields = 0;
    for (std::uint32_t result = text; result-- > 0 && fields < mostFields && !stated.empty();) {
        JsonReading* const reading =
            m_claims.texts()[result].author == ClaimAuthor::Tool ? m_claims.document(result) : nullptr;
        for (JsonIndex node = 0; reading && node < std::min(reading->story().size(), mostNodes); ++node) {
            const auto number = reading->kind(node) == JsonKind::Number && isMoneyKey(reading->story().node(node).key)
                                    ? reading->number(node)
                                    : std::nullopt;
            if (!number || ++fields > mostFields)
                continue;
            for (const Amount& each : stated) {
                const auto other = static_cast<double>(*number);
                if (nearlyEqual(other - each.number, value.number))
                    return reading->text(node) + " − " + each.written;
                if (nearlyEqual(each.number - other, value.number))
                    return each.written + " − " + reading->text(node);
            }
        }
    }
    return {};
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

/// Amounts that the text itself or the last answer before it states and that have a source or were worked out, and
/// those of the last two results before it.
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
                const auto derived = m_derived.find({value.type, value.number});
                const bool before = derived != m_derived.end() && derived->second <= of && of < text;
                if (value.type != ValueType::Money || (!sum && !before && m_all.first(value, written) >= of))
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
    addFollowing(text);
    return m_amounts;
}

/// "$119 and $190, so $309, and $64 more than the $245": what the text itself works out counts for what it works out
/// from that.
void ClaimEvidence::addFollowing(std::uint32_t text)
{
    for (const ClaimSentence& claim : m_claims.sentences(text)) {
        for (std::size_t i = 0; i < claim.values.size() && m_amounts.size() < mostOperands; ++i) {
            const TypedValue& value = claim.values[i];
            const std::string_view written = partOf(m_claims.texts()[text].text, bytesOf(claim, i));
            if (value.type != ValueType::Money || value.range || m_all.first(value, written) < text)
                continue;
            const auto before = m_derived.find({value.type, value.number});
            const bool isSum = std::ranges::any_of(m_listSums, [&](const auto& sum) {
                return sum.first < text && nearlyEqual(sum.second.number, value.number);
            });
            if (isSum || (before != m_derived.end() && before->second < text) || !pairOf(value.number).empty())
                m_amounts.push_back({value.number, std::string(written)});
        }
    }
}

/// Two amounts, or one several times, that give the number; empty: none do.
std::string ClaimEvidence::pairOf(double number) const
{
    for (std::size_t i = 0; i < m_amounts.size(); ++i) {
        const Amount& a = m_amounts[i];
        for (int times = 2; times <= mostTimes; ++times) {
            if (nearlyEqual(a.number * times, number))
                return std::to_string(times) + " × " + a.written;
        }
        for (std::size_t j = i + 1; j < m_amounts.size(); ++j) {
            const Amount& b = m_amounts[j];
            if (nearlyEqual(a.number + b.number, number))
                return a.written + " + " + b.written;
            if (nearlyEqual(std::abs(a.number - b.number), number))
                return a.number > b.number ? a.written + " − " + b.written : b.written + " − " + a.written;
        }
    }
    return {};
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
        for (int times = 1; result < text && times <= mostTimes; ++times) {
            if (nearlyEqual(listed.number * times, value.number))
                return times == 1 ? listed.written : std::to_string(times) + " × (" + listed.written + ')';
        }
    }
    for (const Amount& a : known) {
        if (a.written.find("×") != std::string::npos && nearlyEqual(a.number, value.number))
            return a.written;
    }
    if (std::string how = pairOf(value.number); !how.empty())
        return how;
    return sumOfListed(text, value);
}

/// Three or more amounts that the text states one behind the other, times what it may be for several. Others of it are
/// left out: among many amounts some always sum up to what is wrong.
std::string ClaimEvidence::sumOfListed(std::uint32_t text, const TypedValue& value) const
{
    constexpr std::size_t mostListed = 40;
    std::vector<Amount> listed;
    for (const ClaimSentence& claim : m_claims.sentences(text)) {
        for (std::size_t i = 0; i < claim.values.size() && listed.size() < mostListed; ++i) {
            const std::string_view written = partOf(m_claims.texts()[text].text, bytesOf(claim, i));
            if (claim.values[i].type == ValueType::Money && m_all.first(claim.values[i], written) < text)
                listed.push_back({claim.values[i].number, std::string(written)});
        }
    }
    for (std::size_t first = 0; first < listed.size(); ++first) {
        double sum = 0;
        std::string all;
        for (std::size_t i = first; i < listed.size(); ++i) {
            sum += listed[i].number;
            all += (i == first ? "" : " + ") + listed[i].written;
            for (int times = 1; i >= first + 2 && times <= mostTimes; ++times) {
                if (nearlyEqual(sum * times, value.number))
                    return times == 1 ? all : std::to_string(times) + " × (" + all + ')';
            }
        }
    }
    return {};
}

} // namespace arcscope
