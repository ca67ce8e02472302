#include "turnsignals.h"

#include "signalfinders.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace arcscope
{
namespace
{

constexpr std::size_t heldAgainst = 3; ///< turns of the user before

class Reading
{
public:
    Reading(const Conversation& conversation, const Thread& thread, const DetectorSettings& settings)
        : m_before{conversation, thread, settings, {}, noTurn, noTurn, {}, false, false}
    {
    }

    Signals run()
    {
        for (std::size_t at = 0; at < m_before.thread.size(); ++at) {
            const Turn& turn = m_before.turn(at);
            const std::size_t first = m_signals.size();
            if (turn.isUsers())
                readUser(turn, at);
            else if (turn.role == Role::Assistant || turn.role == Role::Tool)
                readOther(turn, at);
            std::ranges::stable_sort(m_signals.begin() + static_cast<std::ptrdiff_t>(first), m_signals.end(), {},
                                     &TurnSignal::kind);
        }
        return std::move(m_signals);
    }

private:
    void readUser(const Turn& turn, std::size_t at)
    {
        SpokenTurn said = m_reader.read(turn, at);
        if (said.sentences.empty())
            return; // a program's
        findReAsk(m_before, said, m_signals);
        findRegenerate(m_before, turn, at, m_signals);
        findCorrection(m_before, said, m_signals);
        findEscalationAsked(m_before, said, m_signals);
        findConfirmation(m_before, said, m_signals);
        findFrustration(m_before, said, m_signals);
        m_before.users.push_back(std::move(said));
        if (m_before.users.size() > heldAgainst)
            m_before.users.pop_front();
        m_before.lastUser = at;
        m_before.answer.reset();
        m_before.acted = false;
        m_before.handedOver = false;
    }

    void readOther(const Turn& turn, std::size_t at)
    {
        if (turn.kind == PartKind::ToolCall) {
            const std::size_t found = m_signals.size();
            findEscalationCall(turn, at, m_signals);
            m_before.handedOver = m_before.handedOver || m_signals.size() > found;
        } else if (turn.isAssistants()) {
            SpokenTurn said = m_reader.readEnd(turn, at);
            findQuestions(said, waits(at), m_signals);
            m_before.answer = std::move(said);
        } else if (turn.kind == PartKind::ToolResult) {
            m_before.acted = m_before.acted || !turn.failed;
        }
        m_before.lastOther = at;
    }

    /// A user is the next to speak, or nobody is.
    bool waits(std::size_t at) const { return at + 1 >= m_before.thread.size() || m_before.turn(at + 1).isUsers(); }

    TalkBefore m_before;
    SpokenTurnReader m_reader;
    Signals m_signals;
};

} // namespace

std::span<const TurnSignalRule> turnSignalRules()
{
    static const std::vector<TurnSignalRule> all = [] {
        std::vector<TurnSignalRule> rules;
        for (const SignalRules each : {reAskRules(), correctionRules(), regenerateRules(), escalationRules(),
                                       confirmationRules(), frustrationRules(), questionRules()})
            rules.insert(rules.end(), each.begin(), each.end());
        return rules;
    }();
    return all;
}

std::span<const DetectorSetting> turnSignalSettings()
{
    static const std::array all{reAskSimilarity, frustrationScore};
    return all;
}

std::vector<TurnSignal> turnSignals(const Conversation& conversation, const Thread& thread,
                                    const DetectorSettings& settings)
{
    return Reading(conversation, thread, settings).run();
}

std::string_view name(TurnSignalKind kind)
{
    constexpr std::array<std::string_view, turnSignalKindCount> names{"re_ask",      "correction", "regenerate",
                                                                      "escalation",  "confirmed",  "closing",
                                                                      "frustration", "nudge",      "open_question"};
    return names[static_cast<std::size_t>(kind)];
}

TurnSignal& addSignal(TurnSignalKind kind, std::string_view rule, const SpokenTurn& said, std::string_view phrase,
                      Signals& into)
{
    TurnSignal& signal = into.emplace_back();
    signal.kind = kind;
    signal.turn = said.at;
    signal.strength = 1;
    signal.rule = rule;
    for (const SpokenSentence& sentence : said.sentences) {
        const auto places = placesOf(sentence.range.of(said.text()), phrase);
        if (places.empty())
            continue;
        signal.words.push_back({sentence.range.from + places.front().from, sentence.range.from + places.front().to});
        break;
    }
    return signal;
}

bool isRequest(const SpokenTurn& said)
{
    constexpr std::string_view asking =
        "i need|i want|i'd like|i would like|i'd also like|i would also like|i also want|i also need|can you|could "
        "you|would you|will you|can i|could i|may i|help me|"
        "looking for|i'm trying to|i am trying to|show me|tell me|give me|find me|let me know|i wish|please";
    const bool begins = std::ranges::any_of(
        said.sentences, [](const SpokenSentence& sentence) { return sentence.question || sentence.claim.request; });
    return begins || !phraseIn(said.plain, asking).empty();
}

bool tellsTrouble(const SpokenTurn& answer)
{
    constexpr std::string_view troubles =
        "unfortunately|i'm sorry|i am sorry|i apologize|cannot|can't|unable|not able|couldn't|could not|failed|"
        "not possible|not eligible|not allowed|isn't possible|error|do not have access|don't have access";
    return !phraseIn(answer.plain, troubles).empty();
}

} // namespace arcscope
