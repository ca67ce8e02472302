#include "agentruns.h"

namespace arcscope::bench
{

namespace
{

constexpr std::int64_t microsecond = 1'000;
constexpr std::int64_t millisecond = 1'000'000;
constexpr std::uint32_t mostMessagesRead = 6;
constexpr std::uint32_t bytesPerToken = 4;
constexpr std::uint32_t bytesAroundMessage = 60;

} // namespace

RunPlanner::RunPlanner(std::uint64_t seed)
    : m_random(seed)
{
    for (std::int64_t& end : m_laneEnds)
        end = firstStart + m_random.below(1'000'000'000);
}

PlannedSpan& RunPlanner::addSpan(Operation operation, std::uint64_t parent, std::int64_t start, std::int64_t length)
{
    PlannedSpan& span = m_run.spans.emplace_back();
    span.id = m_random.next() | 1; // never the invalid id zero
    span.parent = parent;
    span.operation = operation;
    span.start = start;
    span.end = start + length;
    return span;
}

/// The call and the request below it; returns when the answer was there.
std::int64_t RunPlanner::addChat(std::int64_t start)
{
    const auto length = 300 * millisecond + static_cast<std::int64_t>(m_random.fraction() * 4e9);
    PlannedSpan& chat = addSpan(Operation::Chat, m_run.spans.front().id, start, length);
    const auto read = static_cast<std::uint32_t>(m_run.messages.size());
    chat.firstMessage = read > mostMessagesRead ? read - mostMessagesRead : 0;
    chat.outputMessage = read;
    chat.failed = m_random.oneIn(60);
    std::uint32_t bytes = 0;
    for (std::uint32_t i = chat.firstMessage; i < read; ++i)
        bytes += m_run.messages[i].text.bytes + bytesAroundMessage;
    const TextPlan answer = planText(m_random, m_random.longTailed(350, 0.9, 12'000));
    m_run.messages.push_back({"assistant", answer});
    chat.inputTokens = bytes / bytesPerToken;
    chat.outputTokens = answer.bytes / bytesPerToken;
    m_run.spans.front().inputTokens += chat.inputTokens;
    m_run.spans.front().outputTokens += chat.outputTokens;

    const bool failed = chat.failed;
    addSpan(Operation::Http, chat.id, start + 30 * microsecond, length - 50 * microsecond).failed = failed;
    return start + length;
}

/// Up to two tools, one after the other, half of them with a database query below; returns when the last one ended.
std::int64_t RunPlanner::addTools(std::int64_t start)
{
    for (std::uint32_t left = m_random.below(3); left > 0; --left) {
        const double spread = m_random.fraction() * m_random.fraction();
        const auto length = millisecond + static_cast<std::int64_t>(spread * 8e8);
        const Operation operation = m_random.oneIn(5) ? Operation::Retrieval : Operation::Tool;
        PlannedSpan& span = addSpan(operation, m_run.spans.front().id, start, length);
        span.tool = m_random.below(toolNames.size());
        span.failed = m_random.oneIn(40);
        span.question = planText(m_random, 40 + m_random.below(120));
        span.limit = m_random.below(50);
        span.result = planText(m_random, m_random.longTailed(500, 1.0, 20'000));
        m_run.messages.push_back({"tool", span.result});
        if (m_random.oneIn(2))
            addSpan(Operation::Database, span.id, start + 100 * microsecond, length * 7 / 10);
        start += length + 20 * microsecond + m_random.below(300'000);
    }
    return start;
}

const AgentRun& RunPlanner::next()
{
    m_run.spans.clear();
    m_run.messages.clear();
    m_run.lane = m_random.below(laneCount);
    m_run.traceHigh = m_random.next() | 1;
    m_run.traceLow = m_random.next();
    m_run.session = m_random.next();
    m_run.service = m_random.below(serviceNames.size());
    m_run.model = m_random.below(modelNames.size());

    const std::int64_t start = m_laneEnds[m_run.lane] + millisecond + m_random.below(400'000'000);
    addSpan(Operation::Agent, 0, start, 0);
    m_run.messages.push_back({"system", planText(m_random, 600)});
    m_run.messages.push_back({"user", planText(m_random, m_random.longTailed(300, 0.9, 8'000))});

    std::int64_t now = start + 200 * microsecond + m_random.below(2'000'000);
    for (std::uint32_t left = 1 + m_random.longTailed(4, 0.7, 40); left > 0; --left)
        now = addTools(addChat(now) + 50 * microsecond + m_random.below(1'000'000));
    m_run.spans.front().end = now + 100 * microsecond;
    m_laneEnds[m_run.lane] = m_run.spans.front().end;
    return m_run;
}

void appendSpanName(std::string& out, const AgentRun& run, const PlannedSpan& span)
{
    switch (span.operation) {
    case Operation::Agent:
        out += "invoke_agent ";
        out += serviceNames[run.service];
        break;
    case Operation::Chat:
        out += "chat ";
        out += modelNames[run.model].name;
        break;
    case Operation::Tool:
        out += "execute_tool ";
        out += toolNames[span.tool];
        break;
    case Operation::Retrieval:
        out += "retrieve knowledge_base";
        break;
    case Operation::Http:
        out += "POST /v1/chat/completions";
        break;
    case Operation::Database:
        out += "SELECT documents";
        break;
    }
}

} // namespace arcscope::bench
