#include "instructions.h"

#include "reversal.h"
#include "turnacts.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

constexpr double leastCovered = 0.5; ///< of the words of both instructions
constexpr std::size_t leastWords = 2;

bool hasSeveralUsers(const Conversation& conversation, const Thread& thread)
{
    std::set<std::string_view> users;
    for (const std::uint32_t index : thread) {
        const Turn& turn = conversation.turns[index];
        if (turn.isUsers() && !turn.author.empty())
            users.insert(turn.author);
    }
    return users.size() > 1;
}

/// "Never mind", "change it to": the later one knows of the earlier one.
bool supersedes(const ClaimSentence& claim)
{
    return claim.stateChange;
}

void compareInstructions(const Conversation& conversation, const Thread& thread, std::vector<Finding>& into)
{
    Statements statements;
    PairComparer comparer;
    for (std::size_t i = 0; i < thread.size(); ++i) {
        const Turn& turn = conversation.at(thread, i);
        if (!turn.isUsers() || turn.author.empty())
            continue;
        auto now = statements.read(conversation, thread[i], static_cast<std::uint32_t>(i));
        for (const StatedClaim& later : now) {
            if (turn.repeats || supersedes(later.claim) || later.claim.hasClass(WordClass::Conditional))
                continue;
            for (const std::uint32_t number : statements.like(later.claim)) {
                const StatedClaim& earlier = statements[number];
                const Turn& other = conversation.turns[earlier.turn];
                if (other.author == turn.author || earlier.claim.hasClass(WordClass::Conditional) ||
                    earlier.claim.request != later.claim.request)
                    continue;
                const auto& matches = comparer.compare(earlier.claim, later.claim, PairOrigin::Apart);
                if (matches.empty() || comparer.alignment().least() < leastCovered)
                    continue;
                Finding& finding = into.emplace_back();
                finding.rule = "workspace.instruction_conflict";
                finding.level = FindingLevel::Check;
                finding.what = turn.author + " and " + other.author + " ask for opposite things.";
                addReversal(conversation, earlier, later, matches.front(), finding);
                break;
            }
        }
        statements.add(std::move(now));
    }
}

class Answers
{
public:
    Answers(const Conversation& conversation, const Thread& thread)
        : m_conversation(conversation)
        , m_thread(thread)
    {
    }

    void find(std::vector<Finding>& into)
    {
        for (std::size_t i = 0; i + 1 < m_thread.size(); ++i) {
            const Turn& turn = m_conversation.at(m_thread, i);
            const Turn& next = m_conversation.at(m_thread, i + 1);
            if (!asks(turn) || !asks(next) || turn.author == next.author || turn.repeats)
                continue;
            const auto words = wordsOf(turn);
            const auto others = wordsOf(next);
            if (words.size() < leastWords || shares(words, others))
                continue;
            bool answersOther = false;
            bool answers = false;
            for (std::size_t j = i + 2; j < m_thread.size() && !answers; ++j) {
                const Turn& later = m_conversation.at(m_thread, j);
                if (later.role == Role::User && later.isSaid() && later.author == turn.author && j > i + 2)
                    answers = answers || shares(words, wordsOf(later)); // asked again: that is answered or not
                if (later.role != Role::Assistant)
                    continue;
                const auto said = wordsOf(later);
                answers = answers || shares(words, said);
                answersOther = answersOther || shares(others, said);
            }
            if (answersOther && !answers)
                add(turn, next, into);
        }
    }

private:
    static bool asks(const Turn& turn)
    {
        return turn.isUsers() && !turn.author.empty() && !isCourtesy(turn.text) && turn.text.size() < mostOfTurn;
    }

    /// The content words and values of a turn.
    std::vector<std::uint64_t> wordsOf(const Turn& turn)
    {
        std::vector<std::uint64_t> keys;
        // arguments are JSON, of which every value is a word
        for (const Sentence& sentence : sentencesOf(std::string_view(turn.text).substr(0, mostOfTurn))) {
            const auto from = static_cast<std::size_t>(sentence.from);
            const ClaimSentence claim =
                m_reader.read(std::string_view(turn.text).substr(from, static_cast<std::size_t>(sentence.to) - from));
            for (const ClaimToken& token : claim.tokens) {
                if (token.content && token.key != 0)
                    keys.push_back(token.key);
            }
        }
        std::ranges::sort(keys);
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return keys;
    }

    static bool shares(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b)
    {
        return std::ranges::any_of(a, [&](std::uint64_t key) { return std::ranges::binary_search(b, key); });
    }

    static void add(const Turn& turn, const Turn& next, std::vector<Finding>& into)
    {
        Finding& finding = into.emplace_back();
        finding.rule = "workspace.unanswered";
        finding.level = FindingLevel::Check;
        finding.what =
            "Nothing that follows answers " + turn.author + ": it speaks of what " + next.author + " asked for behind.";
        finding.places = {placeOf(turn), placeOf(next)};
        finding.facts = {{"looked at", "all answers and calls that follow in the conversation"}};
    }

    const Conversation& m_conversation;
    const Thread& m_thread;
    ClaimReader m_reader;
};

} // namespace

void findInstructionConflicts(const Conversation& conversation, std::vector<Finding>& into)
{
    for (const Thread& thread : conversation.threads) {
        if (hasSeveralUsers(conversation, thread))
            compareInstructions(conversation, thread, into);
    }
}

void findUnanswered(const Conversation& conversation, std::vector<Finding>& into)
{
    for (const Thread& thread : conversation.threads) {
        if (hasSeveralUsers(conversation, thread))
            Answers(conversation, thread).find(into);
    }
}

} // namespace arcscope
