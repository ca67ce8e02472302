// How a user's work goes: what turns say of it, and what each trace shows of it, from which task arcs are put together.
#include "arcactions.h"
#include "arcjoin.h"
#include "arcsettings.h"
#include "survivorship.h"
#include "turnsignals.h"
#include "userthread.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"arc.re_ask", FindingLevel::Check, "A user asks again, in other words, what was answered.",
     "“Where is the refund for my broken lamp?” … “Where's my refund for that broken lamp?”",
     "“Where is the refund for my broken lamp?” … “Where is the refund for my other lamp?”"},
    {"arc.corrected", FindingLevel::Check, "A user says that a value, or the answer, is wrong.",
     "“I said two nights, not three.”", "“Two nights, please.”"},
    {"arc.regenerated", FindingLevel::Check, "A user has the same request answered again.",
     "the same request twice in a row, each with an answer", "“Try it with the blue one.”"},
    {"arc.escalated", FindingLevel::Check, "A user asks for a person, or a tool hands over to one.",
     "“Let me talk to a human.”; transfer_to_human_agents", "“Who is the manager of this account?”"},
    {"arc.abandoned", FindingLevel::Signal,
     "The assistant asks for something that the work needs, or whether the user is still there, and nobody answers.",
     "“Which of the two orders do you mean?”, and nothing follows",
     "“Would you like me to send it again?”, and nothing follows"},
    {"arc.idle_gap", FindingLevel::Signal,
     "A user goes on only a long time after an answer: what was asked may have been done elsewhere meanwhile.",
     "“Booked for Monday.”, and two hours later “Which desk do I ask for?”",
     "an answer, and a minute later a question"},
    {"arc.frustration", FindingLevel::Signal, "Words of a user tell of frustration.",
     "“This is the third time I explain this!!”", "“The third line is wrong.”"},
    {survivorshipRule, FindingLevel::Check,
     "What is counted over arcs that were resolved or rated, or of users who came back, speaks for these alone: many "
     "dropped out before, and they differ.",
     "40 resolved arcs of 3 turns, 40 abandoned ones of 7", "40 abandoned ones that are like the others"},
});

std::string_view ruleFor(TurnSignalKind kind)
{
    using enum TurnSignalKind;
    switch (kind) {
    case ReAsk:
        return "arc.re_ask";
    case Correction:
        return "arc.corrected";
    case Regenerate:
        return "arc.regenerated";
    case Escalation:
        return "arc.escalated";
    case Frustration:
        return "arc.frustration";
    case OpenQuestion:
    case Nudge:
        return "arc.abandoned";
    case Confirmed:
    case Closing:
        break;
    }
    return {};
}

/// The turn with its words marked; `linked`: they stand for those of another turn, one by one.
FindingPlace placeOf(const Turn& turn, const std::vector<TextRange>& words, bool linked)
{
    constexpr std::size_t before = 80;
    std::size_t from = words.empty() ? 0 : std::min(words.front().from, turn.text.size());
    from = from > before ? from - before : 0;
    while (from > 0 && (static_cast<unsigned char>(turn.text[from]) & 0xC0u) == 0x80u)
        ++from;
    FindingPlace place = placeOf(turn, from, std::min(turn.text.size(), from + maxQuote));
    for (std::size_t i = 0; i < words.size(); ++i) {
        const TextRange& range = words[i];
        const auto end = static_cast<std::size_t>(place.to);
        if (range.from >= from && range.to <= end && range.from < range.to)
            place.marks.push_back({static_cast<std::uint32_t>(range.from - from),
                                   static_cast<std::uint32_t>(range.to - from),
                                   linked ? static_cast<std::int32_t>(i) : QuoteMark::differs});
    }
    return place;
}

/// Not whether to go on, or with what else.
bool needsAnswer(const Conversation& conversation, const UserThread& thread, const TurnSignal& signal)
{
    return signal.kind == TurnSignalKind::Nudge ||
           (!signal.words.empty() &&
            asksForInformation(signal.words[0].of(conversation.at(thread.turns, signal.turn).text)));
}

std::string sentenceOf(const TurnSignal& signal, const Turn& turn, const Turn* earlier)
{
    using enum TurnSignalKind;
    switch (signal.kind) {
    case ReAsk:
        return "The user asks again in other words.";
    case Correction:
        return earlier && earlier->isUsers() ? "The user takes back what he had asked for."
                                             : "The user says that the answer is wrong, or a value in it.";
    case Regenerate:
        return "The same request is answered again.";
    case Escalation:
        return turn.kind == PartKind::ToolCall ? turn.tool + " hands over to a person." : "The user asks for a person.";
    case Frustration:
        return "The user's words tell of frustration.";
    default:
        return "The last word asks for something, and nobody answers.";
    }
}

/// What many conversations share. What users ask again or correct is a matter of its own each time.
std::string causeOf(const TurnSignal& signal, const Turn& turn)
{
    using enum TurnSignalKind;
    if (signal.kind == ReAsk || signal.kind == Correction)
        return {};
    return std::string(signal.rule) + (turn.kind == PartKind::ToolCall ? '/' + turn.tool : std::string());
}

/// Between an answer and what its user says next.
void findIdleGaps(TraceReading& trace, const Conversation& conversation, const UserThread& thread,
                  std::vector<Finding>& into)
{
    const auto idle = static_cast<Nanos>(arcThresholds(trace.settings()).idleMinutes * 60e9);
    for (const UserTurn& user : thread.users) {
        std::size_t before = user.at;
        while (before > 0 && !conversation.at(thread.turns, before - 1).isAssistants())
            --before;
        if (before == 0)
            continue;
        const Turn& said = conversation.at(thread.turns, user.at);
        const Turn& answer = conversation.at(thread.turns, before - 1);
        if (said.time == noTime || answer.time == noTime || said.time - answer.time < idle)
            continue;
        Finding& finding = into.emplace_back();
        finding.rule = "arc.idle_gap";
        finding.level = FindingLevel::Signal;
        finding.weight = FindingWeight::Note;
        finding.evidence = StreamEvidence::Inferred;
        finding.what = "The user goes on " + durationText(said.time - answer.time) + " after the answer.";
        finding.cause = finding.rule;
        const std::vector<TextRange> unmarked;
        finding.places = {placeOf(said, unmarked, false), placeOf(answer, unmarked, false)};
    }
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const Conversation conversation = conversationOf(trace);
    const UserThread thread = userThreadOf(trace, conversation);
    if (thread.users.empty())
        return;
    findIdleGaps(trace, conversation, thread, into);
    bool abandoned = false;
    for (const TurnSignal& signal : turnSignals(conversation, thread.turns, trace.settings())) {
        const std::string_view rule = ruleFor(signal.kind);
        const bool waits = signal.kind == TurnSignalKind::OpenQuestion || signal.kind == TurnSignalKind::Nudge;
        const bool last = signal.turn + 1 == thread.turns.size();
        if (rule.empty() || (waits && (!last || abandoned || !needsAnswer(conversation, thread, signal))))
            continue;
        abandoned = abandoned || waits;
        const auto known =
            std::find_if(rules.begin(), rules.end(), [&](const DetectorRule& one) { return one.name == rule; });
        Finding& finding = into.emplace_back();
        finding.rule = rule;
        finding.level = known->level;
        finding.weight = known->level == FindingLevel::Signal ? FindingWeight::Note : FindingWeight::Warning;
        finding.evidence = StreamEvidence::Inferred;
        finding.strength = signal.strength;
        const Turn& turn = conversation.at(thread.turns, signal.turn);
        const bool refers = signal.earlier != noTurn && signal.earlier < thread.turns.size();
        const Turn* const earlier = refers ? &conversation.at(thread.turns, signal.earlier) : nullptr;
        finding.what = sentenceOf(signal, turn, earlier);
        finding.cause = causeOf(signal, turn);
        const bool linked = signal.kind == TurnSignalKind::ReAsk && signal.words.size() == signal.earlierWords.size();
        finding.places.push_back(placeOf(turn, signal.words, linked));
        if (earlier)
            finding.places.push_back(placeOf(*earlier, signal.earlierWords, linked));
        finding.facts.push_back({"rule", std::string(signal.rule)});
        if (!signal.why.empty())
            finding.facts.push_back({"why", signal.why});
    }
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, const DetectorSettings& chosen,
              std::vector<Finding>& into)
{
    std::vector<ArcPiece> pieces = arcPiecesOf(facts);
    std::erase_if(pieces, [&](const ArcPiece& piece) { return piece.row >= corpus.spans.rows(); });
    const auto joined = joinArcs(corpus, std::move(pieces), {}, chosen);
    if (joined)
        findSurvivorship(corpus, *joined, chosen, into);
}

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    for (TraceFact& fact : arcFacts(arcPiecesOf(trace)))
        into.push_back(std::move(fact));
}

std::span<const DetectorSetting> settings()
{
    static const std::vector<DetectorSetting> all = [] {
        std::vector<DetectorSetting> both(arcSettings().begin(), arcSettings().end());
        both.insert(both.end(), turnSignalSettings().begin(), turnSignalSettings().end());
        return both;
    }();
    return all;
}

} // namespace

Detector arcs()
{
    return {arcDetector, 5, rules, run, collect, nullptr, settings(), conclude, true};
}

} // namespace arcscope
