#include "statements.h"
#include "talkrules.h"
#include "turnacts.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr double leastAlike = 0.8;            ///< shared content words, of all that either question has
constexpr std::size_t leastWords = 2;         ///< that say what is asked for
constexpr std::size_t mostQuestionsKept = 50; ///< of a thread, the last ones

struct Question {
    std::size_t at = 0; ///< in the thread
    TextRange range;
    std::vector<std::uint64_t> words; ///< content words, without those that only ask
    std::vector<std::string> values;
};

bool onlyAsks(std::string_view word)
{
    constexpr auto words = std::to_array<std::string_view>(
        {"provide", "share", "tell", "give",   "need",  "like", "know",  "enter", "specify", "help",
         "assist",  "want",  "send", "supply", "state", "let",  "thank", "sure",  "first",   "again"});
    return std::ranges::find(words, word) != words.end();
}

double alike(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b)
{
    const auto both = static_cast<double>(
        std::ranges::count_if(a, [&](std::uint64_t word) { return std::ranges::find(b, word) != b.end(); }));
    const double all = static_cast<double>(a.size() + b.size()) - both;
    return all > 0 ? both / all : 0;
}

class RepeatedQuestions
{
public:
    RepeatedQuestions(const Conversation& conversation, const Thread& thread, std::vector<Finding>& into)
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
            std::vector<Question> asked = questionsOf(i);
            const bool excused = !cueIn(plainWords(turn.text), TurnCue::Trouble).empty();
            for (const Question& question : asked) {
                if (!turn.repeats && !excused)
                    compare(question);
            }
            std::move(asked.begin(), asked.end(), std::back_inserter(m_questions));
            if (m_questions.size() > mostQuestionsKept)
                m_questions.erase(m_questions.begin(), m_questions.end() - mostQuestionsKept);
        }
    }

private:
    /// Those for something of the user's own.
    std::vector<Question> questionsOf(std::size_t at)
    {
        std::vector<Question> questions;
        const std::string_view text = m_conversation.at(m_thread, at).text;
        for (const TextRange& range : questionsIn(text)) {
            const std::string plain = plainWords(range.of(text));
            if (plain.find(" your ") == plain.npos || !cueIn(plain, TurnCue::GoAhead).empty())
                continue;
            Question question{at, range, {}, {}};
            const ClaimSentence claim = m_reader.read(range.of(text));
            for (const std::uint16_t i : claim.byKey) {
                const ClaimToken& token = claim.tokens[i];
                const bool known = !question.words.empty() && question.words.back() == token.key;
                if (token.word && token.content && !known && !onlyAsks(token.word->base))
                    question.words.push_back(token.key);
            }
            for (const TypedValue& value : claim.values)
                question.values.push_back(normalised(value));
            if (question.words.size() >= leastWords)
                questions.push_back(std::move(question));
        }
        return questions;
    }

    void compare(const Question& later)
    {
        const Turn& turn = m_conversation.at(m_thread, later.at);
        const std::string plain = plainWords(later.range.of(turn.text));
        if (!cueIn(plain, TurnCue::Another).empty())
            return;
        for (auto earlier = m_questions.rbegin(); earlier != m_questions.rend(); ++earlier) {
            const double likeness = alike(earlier->words, later.words);
            if (likeness < leastAlike || earlier->values != later.values ||
                m_conversation.at(m_thread, earlier->at).author != turn.author)
                continue;
            const auto answer = answerOf(*earlier, later);
            if (answer)
                add(*earlier, *answer, later, likeness);
            return;
        }
    }

    /// The user's turn behind the earlier question, if it gives something, and no tool found a fault with that.
    std::optional<std::size_t> answerOf(const Question& earlier, const Question& later)
    {
        std::optional<std::size_t> answer;
        for (std::size_t i = earlier.at + 1; i < later.at; ++i) {
            const Turn& turn = m_conversation.at(m_thread, i);
            if (turn.kind == PartKind::ToolResult &&
                (turn.failed || !cueIn(plainWords(turn.text, 400), TurnCue::Trouble).empty()))
                return std::nullopt;
            if (turn.isUsers() && !answer) {
                if (!gives(turn.text))
                    return std::nullopt;
                answer = i;
            }
        }
        return answer;
    }

    bool gives(std::string_view text)
    {
        if (!cueIn(plainWords(text), TurnCue::NoAnswer).empty() || isCourtesy(text))
            return false;
        return std::ranges::any_of(proseSentences(text), [&](const TextRange& range) {
            const ClaimSentence claim = m_reader.read(range.of(text));
            return !claim.values.empty() || !claim.entities.empty();
        });
    }

    void add(const Question& earlier, std::size_t answer, const Question& later, double likeness)
    {
        const Turn& turn = m_conversation.at(m_thread, later.at);
        const Turn& before = m_conversation.at(m_thread, earlier.at);
        Finding& finding = m_into.emplace_back();
        finding.rule = "talk.repeated_question";
        finding.level = FindingLevel::Check;
        finding.strength = likeness;
        finding.what = "The assistant asks again what the user had answered.";
        finding.places = {placeOf(turn, later.range.from, later.range.to),
                          placeOf(before, earlier.range.from, earlier.range.to),
                          placeOf(m_conversation.at(m_thread, answer))};
        finding.facts = {{"between", "the user answered, and no tool reported that the answer is wrong"}};
    }

    const Conversation& m_conversation;
    const Thread& m_thread;
    std::vector<Finding>& m_into;
    std::vector<Question> m_questions;
    ClaimReader m_reader;
};

} // namespace

void findRepeatedQuestions(const Conversation& conversation, std::vector<Finding>& into)
{
    for (const Thread& thread : conversation.threads)
        RepeatedQuestions(conversation, thread, into).run();
}

} // namespace arcscope
