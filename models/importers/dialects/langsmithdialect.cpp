// LangSmith attributes on OpenTelemetry spans.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto kinds = std::to_array<KindWord>({
    {"llm", SpanKind::ModelCall},
    {"chain", SpanKind::Workflow, true},
    {"tool", SpanKind::ToolCall},
    {"retriever", SpanKind::Retrieval},
    {"embedding", SpanKind::Embedding},
});

constexpr auto rules = std::to_array<AttributeRule>({
    {"langsmith.span.kind", Field::Kind, 45, kinds},
    {"langsmith.trace.session_id", fieldOf(SpanText::Session), 45},
    {"langsmith.usage_metadata", Field::UsageObject, 30},
    {"langsmith.metadata.session_id", fieldOf(SpanText::Session), 46},
    {"langsmith.metadata.thread_id", fieldOf(SpanText::Session), 47},
    {"langsmith.metadata.user_id", fieldOf(SpanText::User), 47},
});

} // namespace

Dialect langSmithDialect()
{
    return {"LangSmith", rules};
}

} // namespace arcscope
