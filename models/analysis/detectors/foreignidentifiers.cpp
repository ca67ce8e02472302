// What is of one tenant and stands in prompts that were sent for another one.
#include "accesses.h"
#include "conversation.h"
#include "namedrecords.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"prompt.foreign_identifier",
     FindingLevel::Check,
     "An identifier, or a line of 60 bytes or more, stands in a system prompt for one tenant (else user), and came "
     "first "
     "from another one. What three or more of them use is common. Only the loaded traces are compared: that nothing is "
     "found proves nothing.",
     "Tenant B asks about TCK-48213; later a system prompt for tenant A has TCK-48213 in an example",
     "the identifier stood in prompts before tenant B used it",
     {}},
    {"output.echo",
     FindingLevel::Check,
     "Such an identifier or line reached an answer for that tenant, too.",
     "the answer to tenant A names TCK-48213",
     "the answer to tenant A names nothing of the example",
     {}},
});

constexpr std::size_t leastIdentifier = 6;
constexpr std::size_t mostIdentifier = 64;
constexpr std::size_t leastLine = 60;
constexpr std::size_t mostOfTrace = 4'000; ///< identifiers and lines; further ones are left out

enum class Seen : char { Prompt = 'p', Own = 'u', Answer = 'a' };

bool isIdentifierByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
           c == '@' || c == '.' || c == '+';
}

class Collector
{
public:
    Collector(TraceReading& trace, std::vector<TraceFact>& into)
        : m_trace(trace)
        , m_into(into)
    {
    }

    void run()
    {
        const Conversation conversation = conversationOf(m_trace);
        for (const Turn& turn : conversation.turns) {
            if (turn.repeats || turn.kind == PartKind::ToolCall)
                continue;
            m_owner = nearest(m_trace.corpus(), SpanText::Tenant, turn.row);
            if (m_owner.empty())
                m_owner = nearest(m_trace.corpus(), SpanText::User, turn.row);
            if (m_owner.empty())
                continue;
            m_seen = turn.role == Role::System ? Seen::Prompt : turn.role == Role::Assistant ? Seen::Answer : Seen::Own;
            addIdentifiers(turn);
            addLines(turn);
        }
    }

private:
    void addIdentifiers(const Turn& turn)
    {
        const std::string_view text = turn.text;
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t from = i;
            while (i < text.size() && isIdentifierByte(text[i]))
                ++i;
            std::size_t to = i;
            while (to > from && (text[to - 1] == '.' || text[to - 1] == '-'))
                --to;
            if (to - from >= leastIdentifier && to - from <= mostIdentifier &&
                namesRecord(text.substr(from, to - from)))
                add(std::string(text.substr(from, to - from)), turn, from, to);
            i = i == from ? i + 1 : i;
        }
    }

    void addLines(const Turn& turn)
    {
        const std::string_view text = turn.text;
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t end = std::min(text.find('\n', from), text.size());
            std::size_t first = from;
            std::size_t last = end;
            while (first < last && static_cast<unsigned char>(text[first]) <= ' ')
                ++first;
            while (last > first && static_cast<unsigned char>(text[last - 1]) <= ' ')
                --last;
            if (last - first >= leastLine)
                add('\n' + std::to_string(hashOf(text.substr(first, last - first))), turn, first, last);
            from = end + 1;
        }
    }

    void add(std::string key, const Turn& turn, std::size_t from, std::size_t to)
    {
        if (m_into.size() >= mostOfTrace ||
            !m_known.insert(key + static_cast<char>(m_seen) + std::string(m_owner)).second)
            return;
        TraceFact& fact = m_into.emplace_back();
        fact.key = std::move(key);
        fact.value = static_cast<char>(m_seen) + std::string(m_owner);
        fact.place = placeOf(turn, from, to);
    }

    TraceReading& m_trace;
    std::vector<TraceFact>& m_into;
    std::string_view m_owner;
    Seen m_seen = Seen::Own;
    std::unordered_set<std::string> m_known;
};

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    std::vector<TraceFact> own;
    Collector(trace, own).run();
    std::move(own.begin(), own.end(), std::back_inserter(into));
}

/// In time; without one it is not known what came first.
bool isBefore(const TraceFact& a, const TraceFact& b)
{
    return a.place.time != noTime && b.place.time != noTime && a.place.time < b.place.time;
}

/// All facts of one identifier or line.
class Tracks
{
public:
    explicit Tracks(const std::vector<const TraceFact*>& facts)
        : m_facts(facts)
    {
    }

    void find(std::vector<Finding>& into) const
    {
        std::map<std::string_view, const TraceFact*> owners;
        for (const TraceFact* const fact : m_facts) {
            if (!is(*fact, Seen::Own))
                continue;
            const auto [known, isNew] = owners.try_emplace(ownerOf(*fact), fact);
            if (!isNew && isBefore(*fact, *known->second))
                known->second = fact;
        }
        if (owners.empty() || owners.size() > 2)
            return;
        std::set<std::string_view> told;
        for (const TraceFact* const fact : m_facts) {
            if (!is(*fact, Seen::Prompt) || owners.contains(ownerOf(*fact)) || told.contains(ownerOf(*fact)))
                continue;
            for (const auto& [owner, first] : owners) {
                if (isBefore(*first, *fact) && !wasInPromptBefore(*first)) {
                    told.insert(ownerOf(*fact));
                    add(*fact, *first, into);
                    break;
                }
            }
        }
    }

private:
    static bool is(const TraceFact& fact, Seen seen) { return fact.value.front() == static_cast<char>(seen); }
    static std::string_view ownerOf(const TraceFact& fact) { return std::string_view(fact.value).substr(1); }

    bool wasInPromptBefore(const TraceFact& own) const
    {
        return std::ranges::any_of(
            m_facts, [&](const TraceFact* fact) { return is(*fact, Seen::Prompt) && !isBefore(own, *fact); });
    }

    void add(const TraceFact& prompt, const TraceFact& first, std::vector<Finding>& into) const
    {
        const std::string what = prompt.key.front() == '\n' ? "A line" : "“" + prompt.key + "”";
        const auto told = [&](std::string_view rule, std::string sentence, std::vector<FindingPlace> places) {
            Finding& finding = into.emplace_back();
            finding.rule = rule;
            finding.level = FindingLevel::Check;
            finding.weight = FindingWeight::Severe;
            finding.what = std::move(sentence);
            finding.cause = std::string(ownerOf(first)) + '/' + std::string(ownerOf(prompt));
            finding.places = std::move(places);
            finding.facts = {{"of", std::string(ownerOf(first))},
                             {"sent for", std::string(ownerOf(prompt))},
                             {"looked at", "the loaded traces only: that nothing else is found proves nothing"}};
        };
        told("prompt.foreign_identifier",
             what + " of " + std::string(ownerOf(first)) + " stands in a prompt for " + std::string(ownerOf(prompt)) +
                 ".",
             {prompt.place, first.place});
        for (const TraceFact* const fact : m_facts) {
            if (is(*fact, Seen::Answer) && ownerOf(*fact) == ownerOf(prompt) && !isBefore(*fact, prompt)) {
                told("output.echo",
                     what + " of " + std::string(ownerOf(first)) + " reached an answer for " +
                         std::string(ownerOf(prompt)) + ".",
                     {fact->place, prompt.place, first.place});
                break;
            }
        }
    }

    const std::vector<const TraceFact*>& m_facts;
};

void conclude(const Corpus&, std::span<const TraceFact> facts, std::vector<Finding>& into)
{
    std::unordered_map<std::string_view, std::size_t> numbers;
    std::vector<std::vector<const TraceFact*>> byKey; // in the order in which keys come first
    for (const TraceFact& fact : facts) {
        const auto [known, isNew] = numbers.try_emplace(fact.key, byKey.size());
        if (isNew)
            byKey.emplace_back();
        byKey[known->second].push_back(&fact);
    }
    for (const auto& all : byKey)
        Tracks(all).find(into);
}

} // namespace

Detector foreignIdentifiers()
{
    return {"foreign-identifiers", 1, rules, nullptr, collect, conclude};
}

} // namespace arcscope
