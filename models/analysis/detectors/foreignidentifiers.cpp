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
    {"prompt.foreign_identifier", FindingLevel::Check,
     "An identifier, or a line of 60 bytes or more, stands in a system prompt or an example for one tenant (else "
     "user), "
     "and came first from another one. Examples are messages named so, and dialogues that calls for several tenants "
     "begin with. What three or more of them use is common. Only the loaded traces are compared: that nothing is found "
     "proves nothing.",
     "Tenant B asks about TCK-48213; later a system prompt for tenant A has TCK-48213 in an example",
     "the identifier stood in prompts before tenant B used it"},
    {"output.echo", FindingLevel::Check, "Such an identifier or line reached an answer for that tenant, too.",
     "the answer to tenant A names TCK-48213", "the answer to tenant A names nothing of the example"},
});

constexpr std::size_t leastIdentifier = 6;
constexpr std::size_t mostIdentifier = 64;
constexpr std::size_t leastLine = 60;
constexpr std::size_t mostOfTrace = 4'000; ///< identifiers and lines; further ones are left out

enum class Seen : char { Prompt = 'p', Own = 'u', Answer = 'a' };

/// What a fact says: how it was seen, for whom, and, of a message that a call begins with, the message.
struct Sighting {
    Seen seen = Seen::Own;
    std::string_view opening; ///< its hash; empty: it is none
    std::string_view owner;
    const TraceFact* fact = nullptr;
};

constexpr char behindOpening = '\x1f';

std::string valueOf(const Sighting& sighting)
{
    return static_cast<char>(sighting.seen) + std::string(sighting.opening) + behindOpening +
           std::string(sighting.owner);
}

Sighting sightingOf(const TraceFact& fact)
{
    const std::string_view value = fact.value;
    const std::size_t end = value.find(behindOpening);
    return {static_cast<Seen>(value.front()), value.substr(1, end - 1), value.substr(end + 1), &fact};
}

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
        for (const Thread& thread : conversation.threads) {
            const std::size_t asked = endOfOpening(conversation, thread);
            for (std::size_t i = 0; i < thread.size(); ++i)
                read(conversation.at(thread, i), i < asked);
        }
    }

private:
    /// Of a first call that is sent a dialogue the place of what the user asks behind it: examples, or a past that was
    /// not recorded. 0: none is sent.
    static std::size_t endOfOpening(const Conversation& conversation, const Thread& thread)
    {
        std::size_t asked = 0;
        bool answered = false;
        bool dialogue = false;
        for (std::size_t i = 0; i < thread.size(); ++i) {
            const Turn& turn = conversation.at(thread, i);
            if (turn.row != conversation.at(thread, 0).row || turn.place.of != TextPlace::Of::Input)
                break;
            answered = answered || turn.isAssistants();
            if (turn.isUsers()) {
                asked = i;
                dialogue = answered;
            }
        }
        return dialogue ? asked : 0;
    }

    /// The name of a message says so ("example_user"), and not a user's.
    bool isExample(const Turn& turn) const
    {
        return (turn.author.starts_with("example_") || turn.author.starts_with("few_shot")) &&
               turn.author != m_trace.corpus().text(SpanText::User, turn.row);
    }

    void read(const Turn& turn, bool opens)
    {
        if (turn.repeats || turn.kind == PartKind::ToolCall)
            return;
        m_owner = nearest(m_trace.corpus(), SpanText::Tenant, turn.row);
        if (m_owner.empty())
            m_owner = nearest(m_trace.corpus(), SpanText::User, turn.row);
        if (m_owner.empty())
            return;
        const bool prompt = turn.role == Role::System || isExample(turn);
        m_seen = prompt ? Seen::Prompt : turn.role == Role::Assistant ? Seen::Answer : Seen::Own;
        m_opening = opens && !prompt ? std::to_string(turn.words) : std::string();
        addIdentifiers(turn);
        addLines(turn);
    }

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
        const std::string value = valueOf({m_seen, m_opening, m_owner});
        if (m_into.size() >= mostOfTrace || !m_known.insert(key + value).second)
            return;
        TraceFact& fact = m_into.emplace_back();
        fact.key = std::move(key);
        fact.value = value;
        fact.place = placeOf(turn, from, to);
    }

    TraceReading& m_trace;
    std::vector<TraceFact>& m_into;
    std::string_view m_owner;
    Seen m_seen = Seen::Own;
    std::string m_opening;
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

/// All sightings of one identifier or line.
class Tracks
{
public:
    explicit Tracks(const std::vector<Sighting>& sightings)
        : m_sightings(sightings)
    {
    }

    void find(std::vector<Finding>& into) const
    {
        std::map<std::string_view, const TraceFact*> owners;
        for (const Sighting& each : m_sightings) {
            if (each.seen != Seen::Own)
                continue;
            const auto [known, isNew] = owners.try_emplace(each.owner, each.fact);
            if (!isNew && isBefore(*each.fact, *known->second))
                known->second = each.fact;
        }
        if (owners.empty() || owners.size() > 2)
            return;
        std::set<std::string_view> told;
        for (const Sighting& each : m_sightings) {
            if (each.seen != Seen::Prompt || owners.contains(each.owner) || told.contains(each.owner))
                continue;
            for (const auto& [owner, first] : owners) {
                if (isBefore(*first, *each.fact) && !wasInPromptBefore(*first)) {
                    told.insert(each.owner);
                    add(each, owner, *first, into);
                    break;
                }
            }
        }
    }

private:
    bool wasInPromptBefore(const TraceFact& own) const
    {
        return std::ranges::any_of(
            m_sightings, [&](const Sighting& each) { return each.seen == Seen::Prompt && !isBefore(own, *each.fact); });
    }

    void add(const Sighting& prompt, std::string_view owner, const TraceFact& first, std::vector<Finding>& into) const
    {
        const std::string& key = first.key;
        const std::string what = (key.front() == '\n' ? "A line" : "“" + key + "”") + " of " + std::string(owner);
        const std::string sentFor(prompt.owner);
        const auto told = [&](std::string_view rule, std::string sentence, std::vector<FindingPlace> places) {
            Finding& finding = into.emplace_back();
            finding.rule = rule;
            finding.level = FindingLevel::Check;
            finding.weight = FindingWeight::Severe;
            finding.what = std::move(sentence);
            finding.cause = std::string(owner) + '/' + sentFor;
            finding.places = std::move(places);
            finding.facts = {{"of", std::string(owner)},
                             {"sent for", sentFor},
                             {"looked at", "the loaded traces only: that nothing else is found proves nothing"}};
            if (!prompt.opening.empty())
                finding.facts.push_back({"example", "calls for several begin with this message"});
        };
        told("prompt.foreign_identifier",
             what + (prompt.opening.empty() ? " stands in a prompt for " : " stands in an example for ") + sentFor +
                 ".",
             {prompt.fact->place, first.place});
        for (const Sighting& each : m_sightings) {
            if (each.seen == Seen::Answer && each.owner == prompt.owner && !isBefore(*each.fact, *prompt.fact)) {
                told("output.echo", what + " reached an answer for " + sentFor + ".",
                     {each.fact->place, prompt.fact->place, first.place});
                break;
            }
        }
    }

    const std::vector<Sighting>& m_sightings;
};

/// The messages that calls for two or more begin with.
std::unordered_set<std::string_view> commonOpenings(std::span<const TraceFact> facts)
{
    std::unordered_map<std::string_view, std::string_view> owners;
    std::unordered_set<std::string_view> common;
    for (const TraceFact& fact : facts) {
        const Sighting sighting = sightingOf(fact);
        if (sighting.opening.empty())
            continue;
        const auto [known, isNew] = owners.try_emplace(sighting.opening, sighting.owner);
        if (!isNew && known->second != sighting.owner)
            common.insert(sighting.opening);
    }
    return common;
}

void conclude(const Corpus&, std::span<const TraceFact> facts, std::vector<Finding>& into)
{
    const auto common = commonOpenings(facts);
    std::unordered_map<std::string_view, std::size_t> numbers;
    std::vector<std::vector<Sighting>> byKey; // in the order in which keys come first
    for (const TraceFact& fact : facts) {
        const auto [known, isNew] = numbers.try_emplace(fact.key, byKey.size());
        if (isNew)
            byKey.emplace_back();
        Sighting sighting = sightingOf(fact);
        if (common.contains(sighting.opening))
            sighting.seen = Seen::Prompt;
        else
            sighting.opening = {};
        byKey[known->second].push_back(sighting);
    }
    for (const auto& all : byKey)
        Tracks(all).find(into);
}

} // namespace

Detector foreignIdentifiers()
{
    return {"foreign-identifiers", 2, rules, nullptr, collect, conclude};
}

} // namespace arcscope
