#include "reversal.h"
#include "talkrules.h"
#include "turnacts.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Sentences that a cue is looked for in: behind them a turn speaks of something else.
constexpr std::size_t sentencesOfCue = 4;

struct Cue {
    std::string phrase;
    TextRange sentence;
    bool own = false; ///< says that it was wrong, and not only that the user is right
};

/// The first words of a turn that take something back.
std::optional<Cue> cueOf(std::string_view text)
{
    const auto sentences = proseSentences(text);
    for (std::size_t i = 0; i < std::min(sentences.size(), sentencesOfCue); ++i) {
        const std::string plain = plainWords(sentences[i].of(text));
        if (const auto phrase = correctionIn(plain); !phrase.empty())
            return Cue{std::string(phrase), sentences[i], cueIn(plain, TurnCue::Concession) != phrase};
    }
    return std::nullopt;
}

class Flips
{
public:
    Flips(const Conversation& conversation, const Thread& thread, std::vector<Finding>& into)
        : m_conversation(conversation)
        , m_thread(thread)
        , m_into(into)
    {
    }

    void run()
    {
        for (std::size_t i = 0; i < m_thread.size(); ++i) {
            const Turn& turn = m_conversation.at(m_thread, i);
            if (!turn.isAssistants())
                continue;
            const std::optional<Cue> cue = cueOf(turn.text);
            auto statements = m_statements.read(m_conversation, m_thread[i], static_cast<std::uint32_t>(i));
            if (!turn.repeats) {
                bool flipped = false;
                for (const StatedClaim& statement : statements)
                    flipped = !flipped && compare(statement, cue);
                if (cue && cue->own && !flipped)
                    addCorrection(turn, *cue);
            }
            m_statements.add(std::move(statements));
        }
    }

private:
    bool compare(const StatedClaim& statement, const std::optional<Cue>& cue)
    {
        for (const std::uint32_t number : m_statements.like(statement.claim)) {
            const StatedClaim& before = m_statements[number];
            if (m_conversation.turns[before.turn].author != m_conversation.turns[statement.turn].author)
                continue;
            const auto match = reversed(m_comparer, before.claim, statement.claim, cue.has_value());
            if (!match || (!cue && !holdsStill(before.claim, statement.claim, *match)) ||
                wasTold(before, statement, *match, cue.has_value()))
                continue;
            addFlip(before, statement, *match, cue);
            return true;
        }
        return false;
    }

    /// Without a word about it only a value that nothing has changed is a reversal.
    bool holdsStill(const ClaimSentence& before, const ClaimSentence& after, const RuleMatch& match) const
    {
        const auto isOfNow = [](const ClaimSentence& claim) {
            return claim.stateChange || std::ranges::any_of(claim.tokens, [](const ClaimToken& token) {
                       return token.word && (token.word->base == "current" || token.word->base == "currently");
                   });
        };
        return match.hit.valueA >= 0 && !isOfNow(before) && !isOfNow(after);
    }

    /// What came between says what is new: a tool, or a user who has the new words.
    bool wasTold(const StatedClaim& before, const StatedClaim& after, const RuleMatch& match, bool cue) const
    {
        if (!cue && (toolSpoke(m_conversation, m_thread, before.at, after.at) || !userSpoke(before.at, after.at)))
            return true;
        const std::string_view words = newWords(m_conversation, after, match);
        return anyHas(m_conversation, m_thread, before.at + 1, after.at, words, true);
    }

    /// Where nobody asked, it is one answer or the report of a program; or what was asked is not recorded.
    bool userSpoke(std::size_t after, std::size_t before) const
    {
        for (std::size_t i = after + 1; i < before; ++i) {
            if (m_conversation.at(m_thread, i).isUsers())
                return true;
        }
        return false;
    }

    void addFlip(const StatedClaim& before, const StatedClaim& after, const RuleMatch& match,
                 const std::optional<Cue>& cue)
    {
        Finding& finding = m_into.emplace_back();
        finding.rule = "talk.claim_flip";
        finding.level = FindingLevel::Check;
        finding.what = cue ? "A statement of an earlier turn is reversed, with the words “" + cue->phrase + "”."
                           : "A statement of an earlier turn is reversed without a word about it.";
        addReversal(m_conversation, before, after, match, finding);
        finding.facts.push_back({"cue", cue ? cue->phrase : "none"});
        finding.facts.push_back({"between", toolSpoke(m_conversation, m_thread, before.at, after.at)
                                                ? "a tool gave a result"
                                                : "no result of a tool, and no word of the user has what is new"});
        const Nanos from = m_conversation.turns[before.turn].time;
        const Nanos to = m_conversation.turns[after.turn].time;
        if (from != noTime && to != noTime && to >= from)
            finding.exposure = to - from;
    }

    void addCorrection(const Turn& turn, const Cue& cue)
    {
        Finding& finding = m_into.emplace_back();
        finding.rule = "talk.self_correction";
        finding.level = FindingLevel::Signal;
        finding.weight = FindingWeight::Note;
        finding.what = "The assistant takes back something that it said: “" + cue.phrase + "”.";
        finding.places.push_back(placeOf(turn, cue.sentence.from, cue.sentence.to));
    }

    const Conversation& m_conversation;
    const Thread& m_thread;
    std::vector<Finding>& m_into;
    Statements m_statements;
    PairComparer m_comparer;
};

} // namespace

void findFlips(const Conversation& conversation, std::vector<Finding>& into)
{
    for (const Thread& thread : conversation.threads)
        Flips(conversation, thread, into).run();
}

} // namespace arcscope
