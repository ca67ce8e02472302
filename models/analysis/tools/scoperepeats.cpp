// The same call again: without need, with an effect each time, or as a storm of attempts.
#include "proselines.h"
#include "scoperules.h"
#include "toolwords.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

namespace arcscope
{
namespace
{

/// Whether a second time adds to the first: "send_email", not "write_file".
bool adds(const TreeCall& call)
{
    for (const std::string& word : wordsOfToolName(call.tool)) {
        for (const std::string_view each :
             {"send", "create", "book", "pay", "charge", "transfer", "refund", "insert", "append", "submit", "notify",
              "reply", "publish", "buy", "order", "post", "add"}) {
            if (word == each)
                return true;
        }
    }
    return false;
}

/// What is asked again because the answer changes with time.
bool isWatching(const TreeCall& call)
{
    for (const std::string& word : wordsOfToolName(call.tool)) {
        for (const std::string_view each :
             {"status",   "wait",  "poll",  "output", "time", "now", "date", "next",    "random", "sleep", "screenshot",
              "snapshot", "check", "think", "todo",   "tail", "log", "logs", "console", "state",  "scroll"}) {
            if (word == each)
                return true;
        }
    }
    return false;
}

/// What may take back a write: the same one behind it is none too many.
bool undoes(const TreeCall& call)
{
    for (const std::string& word : wordsOfToolName(call.tool)) {
        for (const std::string_view each : {"cancel", "delete", "remove", "undo", "revert", "rollback", "restore",
                                            "reset", "refund", "void", "clear"}) {
            if (word == each)
                return true;
        }
    }
    return false;
}

bool hasFailed(const TreeCall& call)
{
    return call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut ||
           call.outcome == CallOutcome::Cancelled || call.outcome == CallOutcome::NotRun;
}

class Repeats
{
public:
    explicit Repeats(ScopeChecks& checks)
        : m_checks(checks)
    {
    }

    void run()
    {
        const auto& calls = m_checks.tree.calls;
        for (std::uint32_t index = 0; index < calls.size(); ++index) {
            if (calls[index].repeats != TreeCall::none)
                check(index, calls[index].repeats);
        }
        std::vector<bool> isRetried(calls.size());
        for (const TreeCall& call : calls) {
            if (call.retryOf != TreeCall::none)
                isRetried[call.retryOf] = true;
        }
        for (std::uint32_t index = 0; index < calls.size(); ++index) {
            if (!isRetried[index] && static_cast<double>(calls[index].attempt) >= m_checks.limits.retries)
                checkStorm(index);
        }
    }

private:
    /// Between two calls ran something that may have changed what they do.
    bool isWrittenBetween(std::uint32_t first, std::uint32_t second) const
    {
        for (std::uint32_t i = 0; i < m_checks.tree.calls.size(); ++i) {
            const TreeCall& call = m_checks.call(i);
            const bool between = i > first && i < second;
            const bool overlaps = i != first && i != second && call.end != noTime &&
                                  m_checks.call(first).end != noTime && m_checks.call(second).start != noTime &&
                                  call.end > m_checks.call(first).end && call.start < m_checks.call(second).start;
            if (isAround(call.span, m_checks.call(second)))
                continue; // the agent that makes both
            if ((between || overlaps) && call.outcome != CallOutcome::NotRun &&
                (call.kind == CallKind::Agent || effectOf(call.tool) != ToolEffect::Reads))
                return true;
        }
        return false;
    }

    bool isAround(Row row, const TreeCall& call) const
    {
        Row up = call.span != noRow ? call.span : call.asker;
        while (up != noRow && up != row)
            up = m_checks.spans().parent(up);
        return row != noRow && up == row;
    }

    /// The user spoke between them: he may have changed something, or wanted it again.
    bool isSpokenBetween(const TreeCall& first, const TreeCall& second) const
    {
        if (first.asker == noRow || second.asker == noRow || first.asker == second.asker)
            return false;
        // A call's input is all that was said so far, or what is new: so every call between them is looked at.
        const std::set<std::string> known = userTexts(first.asker);
        const auto rows = m_checks.trace.rows();
        for (auto at = std::ranges::find(rows, first.asker); at != rows.end(); ++at) {
            if (m_checks.spans().kind(*at) == SpanKind::ModelCall && !std::ranges::includes(known, userTexts(*at)))
                return true;
            if (*at == second.asker)
                break;
        }
        return false;
    }
    std::set<std::string> userTexts(Row row) const
    {
        std::set<std::string> texts;
        const auto content = m_checks.trace.content(row);
        for (const Message& message : content ? content->input : std::vector<Message>()) {
            for (const Part& part : message.parts) {
                if (message.role == Role::User && part.kind == PartKind::Text)
                    texts.insert(part.text);
            }
        }
        return texts;
    }

    bool isUndoneBetween(std::uint32_t first, std::uint32_t second) const
    {
        for (std::uint32_t i = first + 1; i < second; ++i) {
            if (undoes(m_checks.call(i)) && !hasFailed(m_checks.call(i)))
                return true;
        }
        return false;
    }

    /// Its first words tell of an error, which nothing else marks as one.
    bool saysItFailed(const TreeCall& call) const
    {
        if (call.result.row == noRow)
            return false;
        const std::string words = prose::lower(m_checks.placeOf(call.result.row, call.result.place).quote);
        return words.find("error") != std::string::npos || words.find("failed") != std::string::npos;
    }

    void check(std::uint32_t index, std::uint32_t before)
    {
        const TreeCall& call = m_checks.call(index);
        const TreeCall& first = m_checks.call(before);
        if (call.kind != CallKind::Tool || hasFailed(call) || hasFailed(first) || call.argumentsKey == 0)
            return;
        const ToolEffect effect = effectOf(call.tool);
        const bool sameMessage = call.asker != noRow && call.asker == first.asker;
        if (effect == ToolEffect::Writes)
            checkEffect(call, first, sameMessage, before, index);
        else if (effect == ToolEffect::Reads)
            checkRead(call, first, sameMessage, before, index);
    }

    void checkRead(const TreeCall& call, const TreeCall& first, bool sameMessage, std::uint32_t before,
                   std::uint32_t index)
    {
        const bool sameResult = call.resultKey != 0 && call.resultKey == first.resultKey;
        if (!sameResult || isWatching(call) || (!sameMessage && isWrittenBetween(before, index)))
            return;
        Finding& finding = m_checks.add("tool.duplicate_call", FindingLevel::Finding,
                                        callName(call) + " was called again with the same arguments" +
                                            (sameMessage ? " in one message." : ", and nothing was written since."));
        finding.weight = FindingWeight::Note;
        finish(finding, call, first);
        finding.facts.push_back({"result", "the same"});
    }

    void checkEffect(const TreeCall& call, const TreeCall& first, bool sameMessage, std::uint32_t before,
                     std::uint32_t index)
    {
        if (saysItFailed(first) || isUndoneBetween(before, index))
            return;
        const bool twice = adds(call);
        if (!twice && !sameMessage && isWrittenBetween(before, index))
            return; // something else was written: this may restore it
        const bool spoken = isSpokenBetween(first, call);
        Finding& finding = m_checks.add(
            "tool.duplicate_effect", twice && !spoken ? FindingLevel::Finding : FindingLevel::Check,
            callName(call) + " did the same write twice" + (twice ? ": its effect may be there twice." : "."));
        finding.weight = twice ? FindingWeight::Severe : FindingWeight::Note;
        finish(finding, call, first);
        finding.facts.push_back({"the user spoke between them", spoken ? "yes" : "no"});
    }

    void finish(Finding& finding, const TreeCall& call, const TreeCall& first)
    {
        finding.cause = call.tool;
        finding.places = {m_checks.placeOf(call), m_checks.placeOf(first)};
        finding.facts.push_back({"arguments", "equal as canonical JSON"});
        if (call.start != noTime && first.end != noTime && call.start >= first.end)
            finding.facts.push_back({"after the first ended", durationText(call.start - first.end)});
    }

    /// All attempts of a chain, the first one first.
    std::vector<const TreeCall*> attemptsOf(std::uint32_t last) const
    {
        std::vector<const TreeCall*> attempts;
        for (std::uint32_t i = last; i != TreeCall::none && attempts.size() <= m_checks.tree.calls.size();
             i = m_checks.call(i).retryOf)
            attempts.push_back(&m_checks.call(i));
        std::ranges::reverse(attempts);
        return attempts;
    }

    void checkStorm(std::uint32_t index)
    {
        const auto attempts = attemptsOf(index);
        std::vector<double> gaps; // milliseconds from the end of one to the start of the next
        for (std::size_t i = 1; i < attempts.size(); ++i) {
            if (attempts[i]->start != noTime && attempts[i - 1]->end != noTime)
                gaps.push_back(std::max(millisecondsOf(attempts[i]->start - attempts[i - 1]->end), 0.0));
        }
        const TreeCall& last = *attempts.back();
        const std::string outcome =
            last.outcome == CallOutcome::Ok ? "the last one succeeded" : "none of them succeeded";
        Finding& finding =
            m_checks.add("tool.retry_storm", FindingLevel::Finding,
                         std::to_string(attempts.size()) + " attempts of " + callName(last) + ": " + outcome + '.');
        finding.cause = last.tool;
        finding.strength = std::min(1.0, 0.5 + 0.05 * static_cast<double>(attempts.size()));
        finding.places = {m_checks.placeOf(*attempts.front()), m_checks.placeOf(last)};
        if (last.result.row != noRow)
            finding.places.push_back(m_checks.placeOf(last.result.row, last.result.place)); // what it ended with
        finding.facts.push_back({"attempts", std::to_string(attempts.size())});
        addBackoff(gaps, finding.facts);
        finding.facts.push_back({"outcome", outcome});
    }

    /// The ratio of each wait to the one before (their geometric mean), and how far they stray from it.
    static void addBackoff(const std::vector<double>& gaps, std::vector<FindingFact>& facts)
    {
        std::vector<double> ratios; // logarithms
        for (std::size_t i = 1; i < gaps.size(); ++i) {
            if (gaps[i] > 0 && gaps[i - 1] > 0)
                ratios.push_back(std::log(gaps[i] / gaps[i - 1]));
        }
        if (gaps.empty() || ratios.empty()) {
            facts.push_back({"backoff", gaps.empty() ? "not recorded" : "too few waits to tell"});
            return;
        }
        const auto count = static_cast<double>(ratios.size());
        const double mean = std::accumulate(ratios.begin(), ratios.end(), 0.0) / count;
        double variance = 0;
        for (const double ratio : ratios)
            variance += (ratio - mean) * (ratio - mean) / count;
        const auto rounded = [](double value) {
            std::string text = std::to_string(std::round(value * 100) / 100);
            return text.substr(0, text.find('.') + 3);
        };
        const double factor = std::exp(mean);
        constexpr double backsOff = 1.2;
        constexpr double varies = 0.05;
        facts.push_back({"backoff", factor < backsOff
                                        ? "none: each wait is " + rounded(factor) + " times the one before"
                                        : "each wait is " + rounded(factor) + " times the one before"});
        facts.push_back({"jitter", std::sqrt(variance) < varies
                                       ? "none"
                                       : rounded(std::sqrt(variance)) + " (deviation of the ratios, logarithmic)"});
        facts.push_back({"first and last wait, ms", rounded(gaps.front()) + " and " + rounded(gaps.back())});
    }

    ScopeChecks& m_checks;
};

} // namespace

void checkRepeats(ScopeChecks& checks)
{
    Repeats(checks).run();
}

} // namespace arcscope
