// Logfire and Pydantic AI.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<AttributeRule>({
    {"all_messages_events", Field::InputMessages, 40},
    {"events", Field::InputMessages, 42},
    {"pydantic_ai.all_messages", Field::InputMessages, 53},
    {"final_result", Field::OutputMessages, 45},
    {"prompt", Field::InputMessages, 46},
    {"tool_arguments", Field::Arguments, 30},
    {"tool_response", Field::Result, 30},
    {"logfire.span_type", Field::SpanType},
    {"logfire.pending_parent_id", Field::PendingParent},
    {"operation.cost", Field::Cost, 40},
    {"agent_name", fieldOf(SpanText::Agent), 60},
});

} // namespace

Dialect logfireDialect()
{
    return {"Logfire", rules};
}

} // namespace arcscope
