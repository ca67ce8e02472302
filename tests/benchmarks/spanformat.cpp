#include "spanformat.h"

namespace arcscope::bench
{

void RunMessages::render(const AgentRun& run, const Vocabulary& vocabulary)
{
    m_text.clear();
    m_ends.clear();
    for (const PlannedMessage& message : run.messages) {
        m_text += R"({\"role\":\")";
        m_text += message.role;
        m_text += R"(\",\"parts\":[{\"type\":\"text\",\"content\":\")";
        vocabulary.write(message.text, Depth::QuotedTwice, m_text);
        m_text += R"(\"}])";
        m_ends.push_back(m_text.size());
    }
}

std::string_view RunMessages::at(std::uint32_t message) const
{
    const std::size_t start = message == 0 ? 0 : m_ends[message - 1];
    return {m_text.data() + start, m_ends[message] - start};
}

void RunMessages::appendInput(const PlannedSpan& chat, std::string& out) const
{
    char before = '[';
    for (std::uint32_t message = chat.firstMessage; message < chat.outputMessage; ++message) {
        out += before;
        out += at(message);
        out += '}';
        before = ',';
    }
    out += ']';
}

void RunMessages::appendOutput(const PlannedSpan& chat, std::string& out) const
{
    out += '[';
    out += at(chat.outputMessage);
    out += R"(,\"finish_reason\":\"stop\"}])";
}

void appendArguments(const PlannedSpan& call, const Vocabulary& vocabulary, std::string& out)
{
    out += R"({\"query\":\")";
    vocabulary.write(call.question, Depth::QuotedTwice, out);
    out += R"(\",\"limit\":)";
    appendNumber(out, call.limit);
    out += '}';
}

} // namespace arcscope::bench
