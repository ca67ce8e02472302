#include "joinedthreads.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>

namespace arcscope
{
namespace
{

bool isDigitOrSpace(char c)
{
    return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) <= ' ';
}

class Joining
{
public:
    Joining(const Corpus& corpus, Conversation& conversation)
        : m_corpus(corpus)
        , m_conversation(conversation)
    {
    }

    void run()
    {
        std::map<std::string, std::map<std::int64_t, std::vector<std::uint32_t>>> kinds; // threads by their first trace
        for (std::uint32_t i = 0; i < m_conversation.threads.size(); ++i) {
            if (const auto kind = kindOfThread(m_conversation.threads[i]))
                kinds[*kind][traceOf(firstOf(i))].push_back(i);
        }
        for (const auto& [kind, traces] : kinds) {
            std::vector<std::uint32_t> alone;
            for (const auto& [trace, threads] : traces) {
                if (threads.size() == 1)
                    alone.push_back(threads.front());
            }
            std::ranges::stable_sort(alone, {}, [&](std::uint32_t at) { return firstOf(at).time; });
            for (std::size_t i = 1, last = 0; i < alone.size(); ++i) {
                if (!goesOn(alone[last], alone[i]))
                    last = i;
            }
        }
    }

private:
    const Turn& firstOf(std::uint32_t thread) const { return m_conversation.at(m_conversation.threads[thread], 0); }
    std::int64_t traceOf(const Turn& turn) const { return m_corpus.spans.at(SpanColumn::Trace, turn.row); }

    /// Equal for what may be one; nothing for what runs within a tool call.
    std::optional<std::string> kindOfThread(const Thread& thread) const
    {
        if (thread.empty())
            return std::nullopt;
        Row root = m_conversation.at(thread, 0).row;
        while (m_corpus.spans.parent(root) != noRow) {
            root = m_corpus.spans.parent(root);
            if (m_corpus.spans.kind(root) == SpanKind::ToolCall)
                return std::nullopt;
        }
        std::string kind(m_corpus.text(SpanText::Name, root));
        for (std::size_t i = 0; i < thread.size() && m_conversation.at(thread, i).role == Role::System; ++i) {
            std::string prompt = m_conversation.at(thread, i).text;
            std::erase_if(prompt, isDigitOrSpace);
            kind += '\x1f' + prompt;
        }
        return kind;
    }

    /// Its first call was sent answers: those of another conversation, else both would be one thread.
    bool tellsPast(const Thread& thread, Row first) const
    {
        return std::ranges::any_of(thread, [&](std::uint32_t at) {
            const Turn& turn = m_conversation.turns[at];
            return turn.row == first && turn.place.of == TextPlace::Of::Input && turn.role == Role::Assistant;
        });
    }

    bool goesOn(std::uint32_t before, std::uint32_t after)
    {
        Thread& earlier = m_conversation.threads[before];
        Thread& later = m_conversation.threads[after];
        const auto said = std::ranges::find_if(
            later, [&](std::uint32_t at) { return m_conversation.turns[at].role != Role::System; });
        const Nanos ended = m_conversation.turns[earlier.back()].time;
        if (said == later.end() || !m_conversation.turns[*said].isUsers() || ended == noTime ||
            firstOf(after).time == noTime || firstOf(after).time < ended || tellsPast(later, firstOf(after).row))
            return false;
        std::unordered_set<std::uint64_t> known; // what repeats these alone is said again in one conversation
        for (const std::uint32_t at : earlier)
            known.insert(m_conversation.turns[at].words);
        for (auto at = said; at != later.end(); ++at) {
            Turn& turn = m_conversation.turns[*at];
            turn.thread = before;
            turn.repeats = turn.repeats && !known.contains(turn.words);
        }
        earlier.insert(earlier.end(), said, later.end());
        later.erase(said, later.end());
        return true;
    }

    const Corpus& m_corpus;
    Conversation& m_conversation;
};

} // namespace

void joinThreads(const Corpus& corpus, Conversation& conversation)
{
    Joining(corpus, conversation).run();
}

} // namespace arcscope
